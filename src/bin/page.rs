//! The page: mounts the application. What runs before it is `boot.js`.

fn main() {
    console_error_panic_hook::set_once();
    duizhang::app::mount();
}
