//! Events in words, for tables and for whoever watches.
//!
//! Floor 1. Reads one event; makes what a line about it says beside its home.

use crate::base::text::{Bilingual, plural};
use crate::sim::board::{RiskColour, Told};
use crate::sim::event::Happening;

impl Happening {
    /// What happened, in a few words.
    pub fn words(&self) -> Bilingual {
        match *self {
            Self::Learnt { told, .. } => told_words(told),
            _ => self.kind().label(),
        }
    }

    /// What there is to say beside the kind of event and the home; often nothing.
    pub fn details(&self) -> Bilingual {
        match *self {
            Self::Learnt { from, to, .. } | Self::Faded { from, to, .. } if from != to => {
                change(from, to)
            }
            Self::DoorClosed { attempt, .. } => {
                Bilingual::new(format!("第{attempt}次上门"), format!("attempt {attempt}"))
            }
            Self::RoundDone { calls, minutes } => Bilingual::new(
                format!("{calls}个电话，用时{minutes}分钟"),
                format!("{calls} {} in {minutes} minutes", plural(calls.into(), "call", "calls")),
            ),
            Self::CameBack { person, .. } => person_words(person),
            Self::Fell { person, injured, stuck, .. } => {
                let hurt = injured.then_some(Bilingual::fixed("受伤", "hurt"));
                let down = stuck.then_some(Bilingual::fixed("起不来", "cannot get up"));
                joined(joined(person_words(person), hurt), down)
            }
            Self::Found { person, waited, .. } => {
                joined(person_words(person), Some(waited_words(waited)))
            }
            Self::Helped { person, waited, doctor, .. } => {
                let doctor = doctor.map(|doctor| {
                    Bilingual::new(
                        format!("居民医生 {doctor} 到场"),
                        format!("the resident doctor {doctor} came"),
                    )
                });
                joined(joined(person_words(person), Some(waited_words(waited))), doctor)
            }
            Self::Joined { person, worker } => joined(
                person_words(person),
                Some(Bilingual::new(format!("编为 {worker}"), format!("as {worker}"))),
            ),
            Self::Worked { worker, task, minutes, .. } => {
                let task = task.label();
                Bilingual::new(
                    format!("{}，{worker}，{minutes}分钟", task.zh),
                    format!(
                        "{}, {worker}, {minutes} {}",
                        task.en,
                        plural(minutes.into(), "minute", "minutes")
                    ),
                )
            }
            Self::Delivered { rubbish: true, .. } => {
                Bilingual::fixed("顺手带走垃圾", "rubbish taken along")
            }
            Self::DutyUncovered { minutes } => Bilingual::new(
                format!("合计{minutes}分钟"),
                format!("{minutes} {} in all", plural(minutes.into(), "minute", "minutes")),
            ),
            Self::MouthChanged { mouth, to } => {
                let to = to.label();
                Bilingual::new(format!("{mouth}：{}", to.zh), format!("{mouth}: {}", to.en))
            }
            Self::MeasureChanged { measure, permille } => {
                let label = measure.label();
                Bilingual::new(
                    format!("{}：{permille}‰", label.zh),
                    format!("{}: {permille} ‰", label.en),
                )
            }
            Self::Infected { person, route, .. } => {
                joined(person_words(person), Some(route.label()))
            }
            Self::Learnt { .. }
            | Self::Faded { .. }
            | Self::DayBegan(_)
            | Self::CallMade { .. }
            | Self::Delivered { .. }
            | Self::DeliveryMissed { .. }
            | Self::Noted { .. } => Bilingual::default(),
        }
    }
}

fn joined(first: Bilingual, then: Option<Bilingual>) -> Bilingual {
    match then {
        None => first,
        Some(then) => Bilingual::new(
            format!("{}，{}", first.zh, then.zh),
            format!("{}, {}", first.en, then.en),
        ),
    }
}

fn person_words(person: impl std::fmt::Display) -> Bilingual {
    let id = person.to_string();
    Bilingual::new(id.clone(), id)
}

fn waited_words(minutes: u32) -> Bilingual {
    Bilingual::new(
        format!("跌倒后{minutes}分钟"),
        format!("{minutes} {} after the fall", plural(minutes.into(), "minute", "minutes")),
    )
}

fn change(from: RiskColour, to: RiskColour) -> Bilingual {
    let (from, to) = (from.label(), to.label());
    Bilingual::new(format!("{}→{}", from.zh, to.zh), format!("{} → {}", from.en, to.en))
}

/// What the office was told.
fn told_words(told: Told) -> Bilingual {
    match told {
        Told::Surveyed { away: 0, .. } => Bilingual::fixed("入户登记", "survey at the door"),
        Told::Surveyed { away, .. } => Bilingual::new(
            format!("入户登记，{away}人离京"),
            format!("survey at the door, {away} away"),
        ),
        Told::ReportedAway { away } => Bilingual::new(
            format!("得知全家离京（{away}人）"),
            format!("word that everybody is away ({away})"),
        ),
        Told::Returned { members, still_away: 0, .. } => {
            Bilingual::new(format!("{members}人返京"), format!("{members} back"))
        }
        Told::Returned { members, still_away, .. } => Bilingual::new(
            format!("{members}人返京，{still_away}人未归"),
            format!("{members} back, {still_away} still away"),
        ),
        Told::GuestRecorded { .. } => Bilingual::fixed("登记访客", "a guest was written down"),
        Told::Reached => Bilingual::fixed("联系上，平安", "reached, all well"),
        Told::Checked => Bilingual::fixed("观察期询问，平安", "daily check, all well"),
        Told::Fever => Bilingual::fixed("有人发热", "somebody has a fever"),
        Told::Referred => Bilingual::fixed("送发热门诊", "sent to the fever clinic"),
        Told::OtherIllness => Bilingual::fixed("门诊认定为其他疾病", "clinic: another illness"),
        Told::FeverOver => Bilingual::fixed("已退热", "the fever is over"),
        Told::FirstNegative => Bilingual::fixed("首次检测阴性", "first test negative"),
        Told::SecondNegative { .. } => Bilingual::fixed("第二次检测阴性", "second test negative"),
        Told::Confirmed => Bilingual::fixed("收到确诊通知", "notice of a confirmed case"),
        Told::HouseholdContacts { .. } => {
            Bilingual::fixed("家人开始观察", "the family is in observation")
        }
        Told::Discharged { .. } => Bilingual::fixed("患者出院", "the patient was discharged"),
        Told::ContactsDone => Bilingual::fixed("家人观察期满", "the family's observation is over"),
        Told::NamedContact { .. } => {
            Bilingual::fixed("收到密切接触者通知", "notice of a close contact")
        }
        Told::CallUnanswered => Bilingual::fixed("电话无人接听", "a call was not answered"),
        Told::Emergency => Bilingual::fixed("上门发现急情", "an emergency at the door"),
        Told::Helped => Bilingual::fixed("急情已处理", "the emergency is over"),
        Told::MovedOut => Bilingual::fixed("全家搬离", "the household moved out"),
        Told::CaseClosed => Bilingual::fixed("病例记录结束", "the record of the case is closed"),
    }
}
