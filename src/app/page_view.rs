//! The page as it is printed, with the figures of the chosen finding marked on it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, IntersectionObserver, KeyboardEvent};

use super::desk::Desk;
use super::focus;
use super::mark::mark;
use super::words::Words;
use crate::document::Place;
use crate::session::{Chosen, Mark, PageBox, Session};

/// Widths of the page, in hundredths of the frame's.
const ZOOMS: [u32; 5] = [100, 150, 200, 300, 400];

/// The page picture beside the text of document number `document`.
#[component]
pub(super) fn PageView(document: usize) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let pictures = desk.pictures;
    let coverage = StoredValue::new(desk.opened().coverage(document));
    let marked = StoredValue::new(desk.opened().marked_pages(document));
    let boxes = Memo::new(move |_| boxes(desk, document));
    let page = RwSignal::new(1_u32);
    let zoom = RwSignal::new(0_usize);
    let seen = RwSignal::new(false);
    let frame = NodeRef::<leptos::html::Div>::new();
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    // Another finding or place is looked at: to its page.
    Effect::new(move |_| {
        if let Some(first) = boxes.with(|boxes| boxes.first().map(|first| first.page)) {
            page.set(first);
        }
    });
    when_seen(frame, seen);
    Effect::new(move |_| {
        if seen.get() {
            pictures.open(desk, document);
        }
    });
    let pages = u32::try_from(coverage.with_value(|c| c.pages)).unwrap_or(u32::MAX);
    let size = Memo::new(move |_| {
        let index = usize::try_from(page.get()).ok().and_then(|page| page.checked_sub(1));
        index.and_then(|index| pictures.sizes.with(|sizes| sizes.get(index).copied())).unwrap_or((59_500, 84_200))
    });
    // The width of the page on the screen, in pixels.
    let width = Memo::new(move |_| {
        let room = frame.get().map_or(600, |frame| frame.client_width()).max(200);
        // On a phone a page that fits could not be read.
        let fitting = u32::try_from(room).unwrap_or(600).saturating_sub(2).max(if room < 520 { 560 } else { 0 });
        let _ = seen.get();
        fitting.saturating_mul(ZOOMS.get(zoom.get()).copied().unwrap_or(100)) / 100
    });
    Effect::new(move |_| {
        if pictures.sizes.with(Vec::is_empty) {
            return;
        }
        let (across, _) = size.get();
        let pixels = u64::from(width.get()) * u64::from(pixel_hundredths()) / 100;
        let scale = pixels * 100_000 / u64::from(across.max(1));
        pictures.draw(page.get(), u32::try_from(scale).unwrap_or(u32::MAX));
    });
    Effect::new(move |_| {
        let drawn = pictures.drawn.get();
        if let (Some(drawn), Some(canvas)) = (drawn.filter(|drawn| drawn.page == page.get()), canvas.get()) {
            drawn.put_on(&canvas);
            to_the_mark(frame, boxes, page, size, width);
        }
    });
    let turn = move |by: i32| {
        page.update(|page| *page = page.saturating_add_signed(by).clamp(1, pages.max(1)));
    };
    let enlarge = move |by: isize| zoom.update(|zoom| *zoom = zoom.saturating_add_signed(by).min(ZOOMS.len() - 1));
    let keys = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "PageDown" | "n" => turn(1),
            "PageUp" | "p" => turn(-1),
            "+" | "=" => enlarge(1),
            "-" => enlarge(-1),
            "0" => zoom.set(0),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let of_page =
        move || boxes.with(|boxes| boxes.iter().copied().filter(|b| b.page == page.get()).collect::<Vec<_>>());
    let label = move || words.page_picture(page.get(), of_page().iter().filter(|b| b.hit).count());
    let ready = move || pictures.drawn.with(|drawn| drawn.as_ref().is_some_and(|drawn| drawn.page == page.get()));
    let state = move || {
        let broken = pictures.broken.get();
        let text = match broken {
            Some(_) => words.page_not_drawn(),
            None if ready() => return None,
            None => words.page_loading(),
        };
        Some(view! { <p class="page-state" role="status">{text}</p> })
    };
    let is_picture = move || coverage.with_value(|c| c.picture_pages.contains(&page.get()));
    let thumb = move |number: u32| {
        let sign = marked.with_value(|marked| marked.get(&number).copied());
        let picture = coverage.with_value(|c| c.picture_pages.contains(&number));
        let sign = sign.or(picture.then_some(Mark::Unchecked));
        view! {
            <button class="thumb" class:thumb-img=picture type="button" aria-label=words.page_thumb(number, sign)
                aria-current=move || (page.get() == number).then_some("page") on:click=move |_| page.set(number)>
                {sign.map(mark)}{number}
            </button>
        }
    };
    Effect::new(move |_| {
        page.track();
        focus::scroll_to_current("page-thumbs");
    });
    view! {
        <section class="page-view" aria-labelledby="page-title">
            <div class="page-bar">
                <strong id="page-title">{move || words.place(Place::Page { page: page.get(), bbox: [0; 4] })}</strong>
                <span class="muted">{words.of_pages(pages)}</span>
                <span class="push seg" role="group" aria-label=words.zoom()>
                    <button type="button" aria-label=words.smaller() on:click=move |_| enlarge(-1)>"−"</button>
                    <button type="button" aria-pressed=move || (zoom.get() == 0).to_string() on:click=move |_| zoom.set(0)>{words.fit_width()}</button>
                    <button type="button" aria-label=words.larger() on:click=move |_| enlarge(1)>"＋"</button>
                </span>
            </div>
            <figure>
                <div class="page-scroll" tabindex="0" role="region" aria-label=words.page_region() node_ref=frame on:keydown=keys>
                    <div class="page-sheet" style:width=move || format!("{}px", width.get())
                        style:aspect-ratio=move || { let (across, down) = size.get(); format!("{across} / {down}") }>
                        <canvas role="img" aria-label=label node_ref=canvas class:blank=move || !ready()></canvas>
                        <svg class="page-marks" aria-hidden="true" viewBox=move || { let (across, down) = size.get(); format!("0 0 {across} {down}") }>
                            {move || of_page().into_iter().map(drawn_box).collect_view()}
                        </svg>
                    </div>
                    {state}
                </div>
            </figure>
            {move || is_picture().then(|| view! { <p class="page-bar">{mark(Mark::Unchecked)}<span>{words.page_is_picture()}</span></p> })}
            {move || (!of_page().is_empty()).then(|| view! {
                <p class="page-bar"><span>{words.box_hit()}</span><span class="muted">{words.box_other()}</span></p>
            })}
            <div class="thumbs" id="page-thumbs" role="group" aria-label=words.pages()>
                {(1..=pages).map(thumb).collect_view()}
            </div>
        </section>
    }
}

/// The boxes to mark: the place that was asked for, or those of the chosen finding.
fn boxes(desk: Desk, document: usize) -> Vec<PageBox> {
    let (place, chosen) = desk.session.with(|session| (Session::place(session), Session::chosen(session)));
    let opened = desk.opened();
    let mut boxes = match chosen {
        Some(chosen @ Chosen::Finding(_)) => opened.page_boxes(document, chosen),
        _ => Vec::new(),
    };
    if let Some(Place::Page { page, bbox }) = place {
        let within =
            |inner: [i32; 4]| inner[0] >= bbox[0] && inner[1] >= bbox[1] && inner[2] <= bbox[2] && inner[3] <= bbox[3];
        match boxes.iter().position(|known| known.page == page && within(known.bbox)) {
            // The figure that was asked for, or one in the row that was, comes first; so does its page.
            Some(at) => boxes[..=at].rotate_right(1),
            None => boxes = vec![PageBox { page, bbox, hit: true }],
        }
    }
    boxes
}

fn drawn_box(of: PageBox) -> impl IntoView {
    // A little air, so that the line does not lie on the ink.
    const AIR: i32 = 150;
    let [left, top, right, bottom] = of.bbox;
    let (x, y) = (left.saturating_sub(AIR), top.saturating_sub(AIR));
    let (w, h) = (right.saturating_sub(x).saturating_add(AIR), bottom.saturating_sub(y).saturating_add(AIR));
    let class = if of.hit { "box" } else { "tie" };
    view! { <rect class=class x=x y=y width=w.max(1) height=h.max(1) rx="120"/> }
}

/// Sets `seen` once the element comes into view.
fn when_seen(frame: NodeRef<leptos::html::Div>, seen: RwSignal<bool>) {
    Effect::new(move |_| {
        let Some(frame) = frame.get() else { return };
        let look = Closure::<dyn FnMut(js_sys::Array, IntersectionObserver)>::new(
            move |entries: js_sys::Array, observer: IntersectionObserver| {
                let near = entries
                    .iter()
                    .any(|entry| entry.unchecked_into::<web_sys::IntersectionObserverEntry>().is_intersecting());
                if near {
                    observer.disconnect();
                    // The view may be gone by now.
                    let _ = seen.try_set(true);
                }
            },
        );
        match IntersectionObserver::new(look.as_ref().unchecked_ref()) {
            Ok(observer) => observer.observe(&frame),
            Err(_) => seen.set(true),
        }
        look.forget();
    });
}

/// Brings the first box of the page into the middle of the frame, moving the frame alone.
fn to_the_mark(
    frame: NodeRef<leptos::html::Div>,
    boxes: Memo<Vec<PageBox>>,
    page: RwSignal<u32>,
    size: Memo<(u32, u32)>,
    width: Memo<u32>,
) {
    let Some(frame) = frame.get_untracked() else { return };
    let frame: HtmlElement = frame.unchecked_into();
    let first = boxes.with_untracked(|boxes| boxes.iter().find(|b| b.page == page.get_untracked()).copied());
    let (across, _) = size.get_untracked();
    let pixels = |hundredths: i32| {
        let all = i64::from(hundredths) * i64::from(width.get_untracked()) / i64::from(across.max(1));
        i32::try_from(all).unwrap_or(0)
    };
    let [left, top, right, bottom] = first.map_or([0; 4], |first| first.bbox);
    frame.set_scroll_top(pixels(i32::midpoint(top, bottom)).saturating_sub(frame.client_height() / 2).max(0));
    frame.set_scroll_left(pixels(i32::midpoint(left, right)).saturating_sub(frame.client_width() / 2).max(0));
}

/// Hundredths of a device pixel for each pixel of the page's own; three are as fine as eyes are.
#[expect(clippy::float_arithmetic, reason = "the browser gives it as a float")]
fn pixel_hundredths() -> u32 {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    u32::try_from(focus::whole(ratio * 100.0)).unwrap_or(100).clamp(100, 300)
}
