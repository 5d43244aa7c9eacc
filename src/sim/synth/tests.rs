//! The smallest place that can be populated, and what must hold in it.
