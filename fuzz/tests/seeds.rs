//! Every seed is played once; a target without seeds is a target that starts blind.

use std::path::Path;

#[test]
fn every_seed_holds() {
    for (name, target) in lhtt_fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
        let seeds: Vec<_> = std::fs::read_dir(&folder).expect("the target has seeds").flatten().collect();
        assert!(!seeds.is_empty(), "{name} has no seed");
        let play = |path| target(&std::fs::read(path).expect("the seed is a file"));
        let understood = seeds.iter().filter(|seed| play(seed.path())).count();
        assert!(understood * 2 >= seeds.len(), "{name}: {understood} of {} seeds are understood", seeds.len());
    }
}
