//! Drawing pages of a PDF off the main thread. A module of its own that the page loads when somebody looks at one.
//!
//! A message is an array of buffers: a [`PictureRequest`], then the file, if one is opened. The reply is an array too:
//! a [`PictureReply`], then the pixels, if a page was drawn.

#![expect(clippy::float_arithmetic, reason = "places on a picture; no amount comes near this module")]

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use duizhang::wire::{LeftOut, MAX_PIXELS, PictureReply, PictureRequest, decode, encode};
use hayro::hayro_interpret::font::{FontQuery, Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Chinese, Japanese and Korean characters begin about here: those below stand in the fonts that the module brings.
const FIRST_LEFT_OUT: char = '\u{2e80}';

fn main() {
    // The boot script starts this module in a worker only.
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let post = scope.clone();
    // The message goes out before the trap; the page then replaces this worker.
    std::panic::set_hook(Box::new(move |info| tell(&post, &PictureReply::Panicked(info.to_string()), None)));
    let open: Rc<RefCell<Option<(u32, Pdf)>>> = Rc::default();
    let post = scope.clone();
    let serve = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match unpack(&event.data()) {
        Some((PictureRequest::Open { file, password }, Some(bytes))) => {
            let pdf = Pdf::new_with_password(bytes, password.as_deref().unwrap_or_default()).ok();
            let pages = pdf.as_ref().map(sizes).unwrap_or_default();
            *open.borrow_mut() = pdf.map(|pdf| (file, pdf));
            tell(&post, &PictureReply::Opened { file, pages }, None);
        }
        Some((PictureRequest::Draw { file, page, scale }, _)) => {
            let open = open.borrow();
            let Some((_, pdf)) = open.as_ref().filter(|(known, _)| *known == file) else { return };
            let index = usize::try_from(page).ok().and_then(|page| page.checked_sub(1));
            let Some(drawn) = index.and_then(|index| pdf.pages().get(index)).map(|page| draw(page, scale)) else {
                return;
            };
            let Drawn { width, height, pixels, left_out } = drawn;
            tell(&post, &PictureReply::Drawn { file, page, scale, width, height, left_out }, Some(&pixels));
        }
        _ => {}
    });
    scope.set_onmessage(Some(serve.as_ref().unchecked_ref()));
    serve.forget();
    tell(&scope, &PictureReply::Ready, None);
}

/// Width and height of each page as it is shown, in hundredths of a point.
fn sizes(pdf: &Pdf) -> Vec<(u32, u32)> {
    let size = |page: &Page<'_>| {
        let (width, height) = page.render_dimensions();
        (whole(width * 100.0), whole(height * 100.0))
    };
    pdf.pages().iter().map(size).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is neither; casts saturate")]
fn whole(value: f32) -> u32 {
    value.round() as u32
}

/// A page as a picture.
struct Drawn {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
    left_out: Vec<LeftOut>,
}

fn draw(page: &Page<'_>, scale: u32) -> Drawn {
    let scale = scale_within_limits(page, scale);
    // Where the fonts lie that stand in for those the file leaves out.
    let stand_ins: Arc<[AtomicUsize; 8]> = Arc::default();
    let settings = settings(Arc::clone(&stand_ins));
    let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let picture = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &pixmap);
    let any = stand_ins.iter().any(|font| font.load(Ordering::Relaxed) != 0);
    let left_out = if any { left_out(page, scale, &settings, &stand_ins[..]) } else { Vec::new() };
    Drawn {
        width: picture.width().into(),
        height: picture.height().into(),
        pixels: picture.data_as_u8_slice().to_vec(),
        left_out,
    }
}

/// Pixels for each point: as asked, or as many as a picture may have.
#[expect(clippy::cast_precision_loss, reason = "thousandths of a pixel")]
fn scale_within_limits(page: &Page<'_>, scale: u32) -> f32 {
    let (width, height) = page.render_dimensions();
    let most = (MAX_PIXELS as f32 / (width * height).max(1.0)).sqrt();
    // Sides of a picture are counted in 16 bits.
    let side = 16_000.0 / width.max(height).max(1.0);
    (scale as f32 / 1000.0).min(most).min(side)
}

/// Fonts and character maps of hayro's own, and a note of each font that stands in for one that the file leaves out.
fn settings(stand_ins: Arc<[AtomicUsize; 8]>) -> InterpreterSettings {
    let defaults = InterpreterSettings::default();
    let resolve = Arc::clone(&defaults.font_resolver);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| {
            let found = resolve(query);
            if let (FontQuery::Fallback(_), Some((data, _))) = (query, &found) {
                let at = address((**data).as_ref());
                let known = |slot: &&AtomicUsize| {
                    let held = slot.load(Ordering::Relaxed);
                    held == 0 || held == at
                };
                if let Some(slot) = stand_ins.iter().find(known) {
                    slot.store(at, Ordering::Relaxed);
                }
            }
            found
        }),
        ..defaults
    }
}

fn address(data: &[u8]) -> usize {
    data.as_ptr().addr()
}

/// The characters of the page that a stand-in font has no shape for.
fn left_out(page: &Page<'_>, scale: f32, settings: &InterpreterSettings, stand_ins: &[AtomicUsize]) -> Vec<LeftOut> {
    let transform = Affine::scale(scale.into()) * page.initial_transform(true).to_kurbo();
    let (width, height) = page.render_dimensions();
    let target = Rect::new(0.0, 0.0, (width * scale).into(), (height * scale).into());
    let cache = InterpreterCache::new();
    let mut context = Context::new(transform, target, &cache, page.xref(), settings.clone());
    let mut collector = Collector { stand_ins, left_out: Vec::new() };
    interpret_page(page, &mut context, &mut collector);
    collector.left_out
}

/// Draws nothing; keeps the characters of stand-in fonts.
struct Collector<'s> {
    stand_ins: &'s [AtomicUsize],
    left_out: Vec<LeftOut>,
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for placed in run.glyphs() {
            let Glyph::Outline(glyph) = &**placed else { continue };
            let stands_in =
                |data: &[u8]| self.stand_ins.iter().any(|font| font.load(Ordering::Relaxed) == address(data));
            if !glyph.font_data().is_some_and(|font| stands_in((*font.data).as_ref())) {
                continue;
            }
            let character = match placed.as_unicode() {
                Some(BfString::Char(character)) => Some(character),
                Some(BfString::String(text)) => text.chars().next(),
                None => None,
            };
            let Some(character) = character.filter(|&c| c >= FIRST_LEFT_OUT && !c.is_whitespace()) else { continue };
            // An outline is in thousandths of an em, its y axis upwards.
            let em = props.transform * placed.transform() * Affine::scale_non_uniform(1000.0, -1000.0);
            self.left_out.push(LeftOut { character, matrix: em.as_coeffs().map(thousandths) });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[expect(clippy::cast_possible_truncation, reason = "a place on a picture fits; casts saturate")]
fn thousandths(value: f64) -> i32 {
    (value * 1000.0).round() as i32
}

/// The request and the file that came with it.
fn unpack(data: &JsValue) -> Option<(PictureRequest, Option<Vec<u8>>)> {
    let parts = data.dyn_ref::<Array>()?;
    let mut buffers = parts.iter().map(|part| Uint8Array::new(part.unchecked_ref::<ArrayBuffer>()).to_vec());
    Some((decode(&buffers.next()?)?, buffers.next()))
}

fn tell(scope: &DedicatedWorkerGlobalScope, reply: &PictureReply, pixels: Option<&[u8]>) {
    let Some(reply) = encode(reply) else { return };
    let buffers: Array =
        [Some(reply.as_slice()), pixels].into_iter().flatten().map(|bytes| Uint8Array::from(bytes).buffer()).collect();
    // Fails only for a buffer that was transferred before; these are fresh.
    let _ = scope.post_message_with_transfer(&buffers, &buffers);
}
