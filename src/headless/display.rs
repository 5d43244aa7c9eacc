//! What to say where no window opens: built without one, or nothing to show it on.
//!
//! Floor 4. Reads a reason; writes one sentence to the stream it is given.

use std::io::Write;

use super::{exit, say};
use crate::base::text::{Bilingual, Lang};

/// Why a program that has a window cannot show or draw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoDisplay {
    /// Neither `DISPLAY` nor `WAYLAND_DISPLAY` is set, or nobody answers there.
    NoScreen,
    /// No Vulkan driver, not even one that draws without a graphics card.
    NoDriver,
    /// A library of the system is missing; its name.
    NoLibrary(String),
}

/// What works in every case.
const WITHOUT: &str = "run、check、describe、replay、export、new";
const WITHOUT_EN: &str = "run, check, describe, replay, export, new";

/// Says that the program was built without its window, and what works: one
/// sentence. The answer to `open`, to `picture`, and to no command at all.
pub fn no_window(lang: Lang, err: &mut dyn Write) -> u8 {
    let text = Bilingual::new(
        format!(
            "这一份程序编译时没有带窗口，开不了窗口，也画不了 PNG（SVG 和 PDF 用 export），请用命令：{WITHOUT}；用法见 zhanyitu --help。"
        ),
        format!(
            "This program was built without its window: it opens none and draws no PNG (export makes SVG and PDF); use its commands {WITHOUT_EN}: see zhanyitu --help"
        ),
    );
    say(err, text.get(lang));
    exit::ASKED_WRONGLY
}

/// Says what a window or a picture lacks here, what to do about it, and what works
/// without: one sentence.
pub fn no_display(reason: &NoDisplay, lang: Lang, err: &mut dyn Write) -> u8 {
    let lack = reason.sentence();
    // Drawing off screen needs a driver but no screen.
    let more = if *reason == NoDisplay::NoScreen { ("、picture", ", picture") } else { ("", "") };
    let text = Bilingual::new(
        format!("{}；不开窗口也能用的命令：{WITHOUT}{}。", lack.zh, more.0),
        format!("{}; what works without a window: {WITHOUT_EN}{}", lack.en, more.1),
    );
    say(err, text.get(lang));
    exit::DISK
}

impl NoDisplay {
    /// What is missing, and what to do.
    fn sentence(&self) -> Bilingual {
        match self {
            Self::NoScreen => Bilingual::fixed(
                "没有屏幕可用（DISPLAY 和 WAYLAND_DISPLAY 都没有设好，或者那里没有应答），请在桌面上打开，或先设好 DISPLAY，如 DISPLAY=:0",
                "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set, or nobody answers there): start it from a desktop, or set DISPLAY first, such as DISPLAY=:0",
            ),
            Self::NoDriver => Bilingual::fixed(
                "没有找到显卡驱动（Vulkan），在 Debian 和 Ubuntu 上请安装 mesa-vulkan-drivers，没有显卡也可以用它；其他系统请安装显卡的 Vulkan 驱动",
                "There is no graphics driver (Vulkan): on Debian and Ubuntu install mesa-vulkan-drivers, which also works without a graphics card; elsewhere install your card's Vulkan driver",
            ),
            Self::NoLibrary(name) => Bilingual::new(
                format!(
                    "系统里缺少 {name}，请用系统的包管理安装；在 Debian 和 Ubuntu 上是 libx11-xcb1、libxcursor1、libxi6、libxkbcommon-x11-0、libvulkan1 当中的一个"
                ),
                format!(
                    "This system lacks {name}: install it with the system's package manager; on Debian and Ubuntu it is one of libx11-xcb1, libxcursor1, libxi6, libxkbcommon-x11-0, libvulkan1"
                ),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence_says_what_is_missing_what_to_do_and_what_works() {
        let told = |reason: &NoDisplay, lang| {
            let mut err = Vec::new();
            assert_eq!(no_display(reason, lang, &mut err), exit::DISK);
            String::from_utf8(err).unwrap()
        };
        for (reason, to_do) in [
            (NoDisplay::NoScreen, "DISPLAY=:0"),
            (NoDisplay::NoDriver, "mesa-vulkan-drivers"),
            (NoDisplay::NoLibrary("libXcursor.so.1".to_owned()), "libXcursor.so.1"),
        ] {
            for lang in Lang::ALL {
                let text = told(&reason, lang);
                assert_eq!(text.trim_end().lines().count(), 1, "{text}");
                assert!(text.contains(to_do) && text.contains("export"), "{text}");
                assert_eq!(text.contains("picture"), reason == NoDisplay::NoScreen, "{text}");
            }
        }
    }
}
