//! Walking distances along the ways, from every compound to every lane mouth.
//!
//! Floor 2. Reads lines; owns nothing that stays. Ways join where they cross or
//! where an end comes near another way (a footbridge, a street's edge).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::shapes::{Point, crossing, distance, length, project};

/// Ways that come nearer than this join there, in metres: the width of a street
/// with its edges, or of the river under a footbridge.
pub const JOIN_M: f64 = 25.0;

/// Points at which the ways can be walked from one to the next.
pub struct Network {
    /// By way: metres along it and node, in order.
    stations: Vec<Vec<(f64, usize)>>,
    edges: Vec<Vec<(usize, f64)>>,
}

impl Network {
    /// Joins the ways.
    pub fn new(ways: &[Vec<Point>]) -> Self {
        let mut net = Self { stations: vec![Vec::new(); ways.len()], edges: Vec::new() };
        for (w, line) in ways.iter().enumerate() {
            let mut walked = 0.0;
            for (i, &p) in line.iter().enumerate() {
                if i > 0 {
                    walked += distance(line[i - 1], p);
                }
                net.station(w, walked);
            }
        }
        for a in 0..ways.len() {
            for b in 0..ways.len() {
                if a != b {
                    net.join(ways, a, b);
                }
            }
        }
        for w in 0..ways.len() {
            net.stations[w].sort_by(|x, y| x.0.total_cmp(&y.0));
            for i in 1..net.stations[w].len() {
                let ((s, m), (t, n)) = (net.stations[w][i - 1], net.stations[w][i]);
                net.link(m, n, t - s);
            }
        }
        net
    }

    fn station(&mut self, way: usize, along: f64) -> usize {
        let node = self.edges.len();
        self.edges.push(Vec::new());
        self.stations[way].push((along, node));
        node
    }

    fn link(&mut self, a: usize, b: usize, metres: f64) {
        self.edges[a].push((b, metres));
        self.edges[b].push((a, metres));
    }

    /// Joins the ends of `a` to `b`, and both where they cross.
    fn join(&mut self, ways: &[Vec<Point>], a: usize, b: usize) {
        let ends = [ways[a].first(), ways[a].last()];
        for (end, along) in ends.into_iter().flatten().zip([0.0, length(&ways[a])]) {
            let (there, off) = project(&ways[b], *end);
            if off <= JOIN_M {
                let (m, n) = (self.station(a, along), self.station(b, there));
                self.link(m, n, off);
            }
        }
        if a > b {
            return;
        }
        for p in ways[a].windows(2) {
            for q in ways[b].windows(2) {
                if let Some(at) = crossing(p[0], p[1], q[0], q[1]) {
                    let (m, n) = (
                        self.station(a, project(&ways[a], at).0),
                        self.station(b, project(&ways[b], at).0),
                    );
                    self.link(m, n, 0.0);
                }
            }
        }
    }

    /// Metres from a point on a way to every node; infinite where none leads.
    pub fn from(&self, way: usize, along: f64) -> Vec<f64> {
        let mut metres = vec![f64::INFINITY; self.edges.len()];
        let mut heap = BinaryHeap::new();
        for &(s, node) in &self.stations[way] {
            let off = (s - along).abs();
            if self.is_next(way, s, along) && off < metres[node] {
                metres[node] = off;
                heap.push(Reverse((millimetres(off), node)));
            }
        }
        while let Some(Reverse((mm, node))) = heap.pop() {
            if mm > millimetres(metres[node]) {
                continue;
            }
            for &(next, part) in &self.edges[node] {
                let sum = metres[node] + part;
                if sum < metres[next] {
                    metres[next] = sum;
                    heap.push(Reverse((millimetres(sum), next)));
                }
            }
        }
        metres
    }

    /// Metres to a point on a way, given the metres to every node.
    pub fn to(&self, metres: &[f64], way: usize, along: f64) -> f64 {
        let stations = &self.stations[way];
        let after = stations.partition_point(|&(s, _)| s < along);
        let near = [after.checked_sub(1), Some(after)];
        near.into_iter()
            .flatten()
            .filter_map(|i| stations.get(i))
            .map(|&(s, node)| metres[node] + (s - along).abs())
            .fold(f64::INFINITY, f64::min)
    }

    /// Whether no station lies between a station and a point: only those next to
    /// it are starting points, the others are reached over them.
    fn is_next(&self, way: usize, station: f64, along: f64) -> bool {
        let (low, high) = if station < along { (station, along) } else { (along, station) };
        !self.stations[way].iter().any(|&(s, _)| s > low && s < high)
    }
}

fn millimetres(metres: f64) -> u64 {
    (metres * 1000.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_round_where_ways_join_and_not_across() {
        // A street with two lanes off it; the lanes do not meet.
        let ways = vec![
            vec![(0.0, 0.0), (0.0, 200.0)],
            vec![(5.0, 50.0), (100.0, 50.0)],
            vec![(5.0, 150.0), (100.0, 150.0)],
        ];
        let net = Network::new(&ways);
        let from = net.from(1, 95.0);
        // 95 m to the street, 5 m onto it, 100 m along it, 5 m off it, 95 m in.
        assert!((net.to(&from, 2, 95.0) - 300.0).abs() < 1e-6);
        assert!((net.to(&from, 1, 15.0) - 80.0).abs() < 1e-6);
        assert!((net.to(&from, 0, 0.0) - 150.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_not_joined_cannot_be_reached() {
        let net = Network::new(&[vec![(0.0, 0.0), (10.0, 0.0)], vec![(0.0, 100.0), (10.0, 100.0)]]);
        assert!(net.to(&net.from(0, 0.0), 1, 5.0).is_infinite());
    }
}
