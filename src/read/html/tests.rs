//! Pages as they are saved, copied and broken.
