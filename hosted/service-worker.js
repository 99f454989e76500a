// Keeps the hosted page for when there is no network: the files that `pack` lists below, under a name made of their
// content, and nothing else. No file that is checked ever comes here: those are never fetched.
"use strict";

const VERSION = "{version}";
const FILES = [{files}];
const CACHE = "duizhang-" + VERSION;

// Each file is there whole or the version is not taken.
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

// The versions before this one go; caches of others on the same origin stay.
self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("duizhang-") && name !== CACHE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim())
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const here = new URL("./", self.location.href);
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== here.origin || !address.pathname.startsWith(here.pathname)) return;
  const name = address.pathname.slice(here.pathname.length);
  if (name === "" || name === "index.html") {
    // The server's page, so that a new version is seen at once; without a network the kept one.
    event.respondWith(
      fetch(request).catch(() => caches.open(CACHE).then((cache) => cache.match("./")).then((kept) => kept || Response.error()))
    );
  } else if (FILES.includes("./" + name)) {
    // Named by their content: what is kept is what would come.
    event.respondWith(
      caches.open(CACHE).then((cache) => cache.match("./" + name)).then((kept) => kept || fetch(request))
    );
  }
});
