//! Pictures of pages: asks the picture module for them, which loads with the first, and draws what it sends.

use std::rc::Rc;
use std::sync::Arc;

use js_sys::{ArrayBuffer, Uint8ClampedArray};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::desk::Desk;
use super::link::{Heard, Link, Module};
use crate::wire::{LeftOut, PictureReply, PictureRequest, decode};

/// Handles to the picture module and to what it sent last; copying copies the handles.
#[derive(Clone, Copy)]
pub(super) struct Pictures {
    link: StoredValue<Option<Rc<Link>>, LocalStorage>,
    /// The file that the module has: the desk's number for its document, and the module's.
    file: StoredValue<Option<(u64, usize, u32)>>,
    /// The size of each page of that file, in hundredths of a point.
    pub(super) sizes: RwSignal<Vec<(u32, u32)>>,
    /// The picture that was drawn last.
    pub(super) drawn: RwSignal<Option<Drawn>, LocalStorage>,
    /// Why there is no picture.
    pub(super) broken: RwSignal<Option<String>>,
}

/// A page as the module drew it.
#[derive(Clone)]
pub(super) struct Drawn {
    /// 1-based page.
    pub(super) page: u32,
    width: u32,
    height: u32,
    pixels: ArrayBuffer,
    left_out: Arc<Vec<LeftOut>>,
}

impl Pictures {
    /// Nothing is loaded until a picture is asked for.
    pub(super) fn new() -> Self {
        let pictures = Self {
            link: StoredValue::new_local(None),
            file: StoredValue::new(None),
            sizes: RwSignal::new(Vec::new()),
            drawn: RwSignal::new_local(None),
            broken: RwSignal::new(None),
        };
        pictures.link.set_value(Some(Link::new(Module::Picture, move |heard| pictures.hear(heard))));
        pictures
    }

    /// Takes the file of a document, unless it has it.
    pub(super) fn open(self, desk: Desk, document: usize) {
        let key = (desk.edition.get_untracked(), document);
        if self.file.get_value().is_some_and(|(edition, of, _)| (edition, of) == key) {
            return;
        }
        self.sizes.set(Vec::new());
        self.drawn.set(None);
        self.broken.set(None);
        let Some((request, bytes)) = desk.file(document) else { return };
        if let PictureRequest::Open { file, .. } = request {
            self.file.set_value(Some((key.0, key.1, file)));
        }
        self.ask(&request, Some(bytes));
    }

    /// Asks for a page of the file, at `scale` thousandths of a pixel for each point.
    pub(super) fn draw(self, page: u32, scale: u32) {
        if let Some((_, _, file)) = self.file.get_value() {
            self.ask(&PictureRequest::Draw { file, page, scale }, None);
        }
    }

    fn ask(self, request: &PictureRequest, bytes: Option<ArrayBuffer>) {
        self.link.with_value(|link| {
            if let Some(link) = link {
                link.ask_with(request, bytes);
            }
        });
    }

    fn hear(self, heard: Heard) {
        let current = self.file.get_value().map(|(_, _, file)| file);
        match heard {
            Heard::Reply(bytes, mut buffers) => match decode(&bytes) {
                Some(PictureReply::Opened { file, pages }) if current == Some(file) => {
                    if pages.is_empty() {
                        self.broken.set(Some(String::new()));
                    }
                    self.sizes.set(pages);
                }
                Some(PictureReply::Drawn { file, page, width, height, left_out, .. }) if current == Some(file) => {
                    let Some(pixels) = buffers.pop() else { return };
                    self.drawn.set(Some(Drawn { page, width, height, pixels, left_out: Arc::new(left_out) }));
                }
                Some(PictureReply::Panicked(reason)) => self.give_up(reason),
                _ => {}
            },
            Heard::Broken(broken) => self.give_up(broken.reason),
        }
    }

    /// The module is gone; the next document, or the same one looked at again, starts another.
    fn give_up(self, reason: String) {
        self.link.with_value(|link| {
            if let Some(link) = link {
                link.stop();
            }
        });
        self.file.set_value(None);
        self.broken.set(Some(reason));
    }
}

impl Drawn {
    /// Puts the picture on a canvas, and the characters that it lacks over it, in a font of the browser's.
    pub(super) fn put_on(&self, canvas: &HtmlCanvasElement) {
        canvas.set_width(self.width);
        canvas.set_height(self.height);
        let Some(context) = canvas.get_context("2d").ok().flatten() else { return };
        let context: CanvasRenderingContext2d = context.unchecked_into();
        let pixels = Uint8ClampedArray::new(&self.pixels);
        let Ok(image) = ImageData::new_with_js_u8_clamped_array_and_sh(&pixels, self.width, self.height) else {
            return;
        };
        // Fails only for a picture without pixels.
        let _ = context.put_image_data(&image, 0.0, 0.0);
        context.set_font("100px \"Songti SC\", SimSun, \"Noto Serif CJK SC\", \"Noto Sans CJK SC\", serif");
        context.set_fill_style_str("#000");
        for LeftOut { character, matrix } in self.left_out.iter() {
            let [xx, xy, yx, yy, x, y] = matrix.map(f64::from);
            // A font of 100 pixels is drawn: an em is a hundredth of the matrix, whose numbers are thousandths.
            let em = 100_000.0_f64.recip();
            let placed = context.set_transform(
                product(xx, em),
                product(xy, em),
                product(yx, em),
                product(yy, em),
                product(x, 0.001),
                product(y, 0.001),
            );
            if placed.is_ok() {
                let _ = context.fill_text(character.encode_utf8(&mut [0; 4]), 0.0, 0.0);
            }
        }
    }
}

#[expect(clippy::float_arithmetic, reason = "a place on a canvas")]
fn product(one: f64, other: f64) -> f64 {
    one * other
}
