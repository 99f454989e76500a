//! Independent work on as many processors as there are. A browser's module has one, and does it one after another; the
//! results and their order are the same.

/// `work` on every item; the results in the order of the items.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
    items.par_iter().map(work).collect()
}

/// [`map`] for a few items of which some take far longer than others: whoever is free takes the next one, so those that
/// take longest stand best at the beginning.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn map_uneven<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
    let next = AtomicUsize::new(0);
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|item| (at, work(item)))
    };
    let takers = rayon::current_num_threads().min(items.len());
    let taken = (0..takers).into_par_iter().with_max_len(1).flat_map_iter(|_| std::iter::from_fn(take));
    let mut done: Vec<(usize, R)> = taken.collect();
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// [`map`].
#[cfg(target_arch = "wasm32")]
pub(crate) use map as map_uneven;

/// `work` on every item; the results in the order of the items.
#[cfg(target_arch = "wasm32")]
pub(crate) fn map<T, R>(items: &[T], work: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(work).collect()
}

/// Both pieces of work; what each gives.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn join<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(a, b)
}

/// Both pieces of work; what each gives.
#[cfg(target_arch = "wasm32")]
pub(crate) fn join<A, B>(a: impl FnOnce() -> A, b: impl FnOnce() -> B) -> (A, B) {
    (a(), b())
}

/// `work` by a processor that shares what it does with the others. Outside of it each [`map`] and [`join`] wakes one
/// first, and waits for it.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn together<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    rayon::scope(|_| work())
}

/// `work` by a processor that shares what it does with the others.
#[cfg(target_arch = "wasm32")]
pub(crate) fn together<R>(work: impl FnOnce() -> R) -> R {
    work()
}

/// Makes the thread that calls one of the processors that share work, if none was asked for yet.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn take_part() {
    // Where they are there already, they go on without it.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..10_000).collect();
        assert_eq!(super::map(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert_eq!(super::map_uneven(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert!(super::map_uneven(&items[..0], |item| item * 2).is_empty());
        assert_eq!(super::join(|| "a", || 1), ("a", 1));
        assert_eq!(super::together(|| super::join(|| "a", || 1)), ("a", 1));
    }
}
