//! What cannot be run, said in both languages.
//!
//! Floor 2. Reads and writes nothing; owns [`EnsembleError`].

use crate::base::text::Bilingual;

/// Why an ensemble was not begun.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnsembleError {
    /// There are no runs to make.
    #[error("there is nothing to run")]
    Nothing,
    /// What has to be kept would not fit.
    #[error("{needed} bytes would be kept, {allowed} are allowed")]
    TooLarge {
        /// Bytes that the figures of all runs may take.
        needed: u64,
        /// Bytes that are allowed.
        allowed: u64,
    },
    /// More measures than can be told apart.
    #[error("{0} measures are more than can be told apart")]
    TooManyMeasures(usize),
    /// A parameter's range has its ends in the wrong order.
    #[error("the range of `{0}` does not go from low over usual to high")]
    Range(String),
}

const MIB: u64 = 1 << 20;

impl EnsembleError {
    /// The sentence for people.
    pub fn sentence(&self) -> Bilingual {
        match self {
            Self::Nothing => Bilingual::fixed(
                "次数是零，没有什么可运行的",
                "There is nothing to run: the number of runs is zero",
            ),
            Self::TooLarge { needed, allowed } => {
                let (needed, allowed) = (needed.div_ceil(MIB), allowed / MIB);
                Bilingual::new(
                    format!(
                        "要留下的数字有{needed} MiB，上限是{allowed} MiB；请减少次数，或者分片运行"
                    ),
                    format!(
                        "{needed} MiB of figures would have to be kept and {allowed} MiB are allowed; ask for fewer runs, or run in shards"
                    ),
                )
            }
            Self::TooManyMeasures(n) => Bilingual::new(
                format!("一次最多拆开{}项措施，这里有{n}项", super::attribution::MOST_MEASURES),
                format!(
                    "At most {} measures can be told apart at once; here are {n}",
                    super::attribution::MOST_MEASURES
                ),
            ),
            Self::Range(name) => Bilingual::new(
                format!("参数“{name}”的范围不对：应当下限不大于常用值，常用值不大于上限"),
                format!("The range of `{name}` is wrong: low, usual and high must not fall"),
            ),
        }
    }
}
