//! The program as it is started: in a real window on a screen of its own, and the
//! sentence where no window opens.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, EventMask};

use super::stage::{easel, scene};

/// The program with nothing of this machine's screens and settings.
pub fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_zhanyitu"));
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "LANG", "LC_ALL", "LC_MESSAGES"] {
        program.env_remove(name);
    }
    program
}

/// A child that is gone with its guard, whatever becomes of the test.
pub struct Guarded(pub Child);

impl Drop for Guarded {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits for an end and returns the exit code.
fn end(child: &mut Guarded, within: Duration) -> Option<i32> {
    let began = Instant::now();
    while began.elapsed() < within {
        if let Some(status) = child.0.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("it has not ended within {within:?}");
}

/// Runs to the end, with its words.
pub fn run(command: &mut Command, within: Duration) -> Output {
    let mut child = Guarded(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let (mut out, mut err) = (child.0.stdout.take().unwrap(), child.0.stderr.take().unwrap());
    let said = std::thread::spawn(move || {
        let mut text = Vec::new();
        err.read_to_end(&mut text).unwrap();
        text
    });
    let told = std::thread::spawn(move || {
        let mut text = Vec::new();
        out.read_to_end(&mut text).unwrap();
        text
    });
    end(&mut child, within);
    let status = child.0.wait().unwrap();
    Output { status, stdout: told.join().unwrap(), stderr: said.join().unwrap() }
}

/// A screen that nobody sees, with tools to look at it and to touch it.
struct Screen {
    _server: Guarded,
    name: String,
}

impl Screen {
    /// Opens one, or says what is missing here.
    fn open() -> Option<Self> {
        for tool in ["Xvfb", "xdotool", "import"] {
            let found = std::env::var_os("PATH")
                .is_some_and(|all| std::env::split_paths(&all).any(|p| p.join(tool).exists()));
            if !found {
                eprintln!("left out: {tool} is not installed");
                return None;
            }
        }
        // The server chooses a free number and says which.
        let mut server = Guarded(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        );
        let mut number = String::new();
        BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        assert!(name.len() > 1, "Xvfb did not start");
        Some(Self { _server: server, name })
    }

    fn tool(&self, tool: &str, words: &[&str]) -> Output {
        let mut command = Command::new(tool);
        command.args(words).env("DISPLAY", &self.name);
        run(&mut command, Duration::from_secs(30))
    }

    fn does(&self, words: &[&str]) {
        let done = self.tool("xdotool", words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// The window of the program, once it is there.
    fn window(&self) -> String {
        let began = Instant::now();
        while began.elapsed() < Duration::from_mins(1) {
            let found = self.tool("xdotool", &["search", "--onlyvisible", "--class", "zhanyitu"]);
            if let Some(id) = String::from_utf8_lossy(&found.stdout).lines().next() {
                return id.to_owned();
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        panic!("no window has opened");
    }

    /// What a window shows: red, green and blue of every pixel.
    fn picture(&self, window: &str) -> Vec<u8> {
        self.tool("import", &["-window", window, "-depth", "8", "rgb:-"]).stdout
    }

    /// What a window manager sends when somebody presses the cross of a window.
    fn asks_to_close(&self, window: &str) {
        let (server, _) = x11rb::connect(Some(&self.name)).unwrap();
        let atom = |name: &[u8]| server.intern_atom(false, name).unwrap().reply().unwrap().atom;
        let window: u32 = window.parse().unwrap();
        let data = [atom(b"WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS"), data);
        server.send_event(false, window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
    }

    /// The first picture that is as it should be. How long that takes is the machine's
    /// affair: many a frame of a software driver takes longer than a second.
    fn until(&self, window: &str, what: &str, is: impl Fn(&[u8]) -> bool) -> Vec<u8> {
        let began = Instant::now();
        loop {
            let now = self.picture(window);
            if is(&now) {
                return now;
            }
            let waited = began.elapsed();
            assert!(waited < Duration::from_mins(2), "{what}: {} colours", colours(&now));
            std::thread::sleep(Duration::from_millis(300));
        }
    }
}

fn colours(rgb: &[u8]) -> usize {
    rgb.chunks(3).collect::<std::collections::BTreeSet<_>>().len()
}

fn has_driver() -> bool {
    let has = zhanyitu::window::run::device().is_some();
    if !has {
        eprintln!("left out: no graphics driver was found");
    }
    has
}

/// Share of pixels that differ by more than a few grey levels.
fn unlike(one: &[u8], two: &[u8]) -> f64 {
    let off = |(a, b): (&[u8], &[u8])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 6);
    let pixels = one.len() / 3;
    one.chunks(3).zip(two.chunks(3)).filter(|pair| off(*pair)).count() as f64 / pixels as f64
}

#[test]
fn the_program_opens_plays_speaks_and_closes() {
    let _one = easel();
    let Some(screen) = Screen::open() else { return };
    if !has_driver() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let story = scene("fuxiang_2020.ron");
    let mut open = program();
    open.args(["open", story.to_str().unwrap(), "--size", "1280x720", "--lang", "zh"])
        .env("DISPLAY", &screen.name)
        .env("XDG_DATA_HOME", home.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut running = Guarded(open.spawn().unwrap());
    let window = screen.window();
    screen.does(&["mousemove", "--window", &window, "640", "360"]);
    screen.does(&["windowfocus", &window]);
    // It plays from the start: stop, and back to the first minute.
    let early = screen.until(&window, "the window stays blank", |now| colours(now) > 50);
    screen.until(&window, "nothing is played", |now| unlike(&early, now) > 0.002);
    screen.does(&["key", "space"]);
    for _ in 0..12 {
        screen.does(&["key", "less"]);
    }
    // The story that was left is closed, and its strip with it.
    screen.does(&["key", "Escape"]);
    // In a picture nobody is seen on the way.
    screen.does(&["key", "m"]);

    // It is the very picture that is drawn without a window.
    let drawn = drawn(home.path(), story.to_str().unwrap());
    assert_eq!(drawn.len(), 1280 * 720 * 3);
    let is_first = |now: &[u8]| unlike(now, &drawn) <= 0.001;
    let first = screen.until(&window, "it is not the picture drawn without a window", is_first);
    eprintln!("they differ in {:.4} % of their pixels", unlike(&first, &drawn) * 100.0);

    screen.does(&["key", "l"]);
    screen.until(&window, "the language does not change", |now| unlike(&first, now) > 0.005);
    screen.does(&["key", "l"]);
    screen.until(&window, "the language does not change back", is_first);
    screen.does(&["key", "space"]);
    screen.until(&window, "nothing is played any more", |now| unlike(&first, now) > 0.002);
    screen.does(&["key", "space"]);
    screen.asks_to_close(&window);
    let code = end(&mut running, Duration::from_mins(1));
    let mut said = String::new();
    running.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(code, Some(0), "{said}");
}

/// What `picture` draws of the first minute, as in the window.
fn drawn(folder: &Path, story: &str) -> Vec<u8> {
    let path = folder.join("first.png");
    let out = path.to_str().unwrap();
    let mut draw = program();
    draw.args(["picture", "--scene", story, "--at", "D1 08:00", "--size", "1280x720"]).args([
        "--controls",
        "--lang",
        "zh",
        "--out",
        out,
    ]);
    let done = run(&mut draw, Duration::from_mins(2));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut convert = Command::new("convert");
    convert.args([out, "-depth", "8", "rgb:-"]);
    run(&mut convert, Duration::from_secs(30)).stdout
}

/// One sentence, of which every language has its own.
fn refused(command: &mut Command, words: &str) {
    let done = run(command, Duration::from_mins(1));
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{said}");
    assert!(done.stdout.is_empty());
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    assert!(said.contains(words), "{said}");
}

#[test]
fn without_a_screen_one_sentence_says_so() {
    for (lang, words) in [("zh", "没有屏幕可用"), ("en", "There is no display")] {
        refused(program().args(["open", "--lang", lang]), words);
        let nobody = ["open", "--lang", lang];
        refused(program().args(nobody).env("DISPLAY", ":4711"), words);
    }
}

#[test]
fn without_a_driver_one_sentence_names_the_package() {
    // A screen is there; without the tools for one, only pictures are asked for.
    let screen = Screen::open();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a.png");
    let story = scene("fuxiang_2020.ron");
    for name in ["VK_ICD_FILENAMES", "VK_DRIVER_FILES"] {
        // Without the libraries of OpenGL there is no other way to draw either.
        let bare = |command: &mut Command| {
            command.env(name, "/nonexistent").env("LIBGL_DRIVERS_PATH", "/nonexistent");
        };
        if let Some(screen) = &screen {
            let mut open = program();
            bare(open.args(["open", "--lang", "zh"]).env("DISPLAY", &screen.name));
            refused(&mut open, "mesa-vulkan-drivers");
        }
        let mut picture = program();
        bare(picture.args([
            "picture",
            "--lang",
            "en",
            "--scene",
            story.to_str().unwrap(),
            "--out",
        ]));
        refused(picture.arg(&out), "mesa-vulkan-drivers");
    }
    assert!(!out.exists());
}
