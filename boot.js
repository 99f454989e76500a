// Starts the page, and makes its workers. Everything it needs is beside it (hosted) or in the page itself (one file).
//
// The first screen is drawn by then: it is markup. What a reader does with it before the page's module runs is kept
// here and handed over.
//
// Written in the JavaScript of 2015, so that an old browser runs it far enough to say that it is too old.
(function () {
  "use strict";
  // A saved page may hold this script twice.
  if (window.duizhang) return;

  var here = document.currentScript;
  var app = document.getElementById("app");
  // `take` is the page's, once it runs; what was kept before is in `kept`.
  var boot = (window.duizhang = { state: "starting", error: "", worker: null, tool: null, kept: [], take: null });
  // The first screen as it was delivered; a page that the browser saved holds what was drawn last instead.
  var first = app.hasAttribute("data-first") ? app.innerHTML : "";

  // The chosen theme before anything is painted in another.
  var settings = "";
  try {
    settings = localStorage.getItem("duizhang-settings") || "";
  } catch (error) {
    // Storage may be refused to a page from disk.
  }
  var theme = /(?:^| )theme=(light|dark)/.exec(settings);
  if (theme) document.documentElement.setAttribute("data-theme", theme[1]);

  // The first screen in English for who reads English; the page decides by the same two things (`Settings::load`).
  var chosen = /^language=(\S+)/.exec(settings);
  var english = chosen ? chosen[1] === "en" : !/^(zh|$)/.test(navigator.language || "");
  var template = first && english && document.getElementById("first-en");
  var screen = template && template.content.cloneNode(true).querySelector(".screen");
  if (screen) {
    // The marks are the same.
    screen.insertBefore(app.querySelector(".screen > svg"), screen.children[1]);
    app.textContent = "";
    app.appendChild(screen);
    document.documentElement.lang = "en";
  }

  function give_up(error, zh, en) {
    boot.state = "failed";
    boot.error = String(error);
    app.textContent = "";
    [[zh, "zh-CN"], [en, "en"], [boot.error, "en"]].forEach(function (line) {
      var p = document.createElement("p");
      p.lang = line[1];
      p.textContent = line[0];
      app.appendChild(p);
    });
  }

  // ---- what comes before the page runs ----

  function keep(what) {
    if (boot.take) return boot.take(what);
    boot.kept.push(what);
    var title = document.getElementById("drop-title");
    if (title) title.textContent = english ? "Received, opening…" : "已收到，正在打开…";
  }

  // Until the page runs; then its own listeners act.
  function early(target, event, act) {
    target.addEventListener(event, function (event) {
      if (!boot.take && boot.state === "starting") act(event);
    });
  }

  early(window, "dragover", function (event) {
    event.preventDefault();
  });
  early(window, "drop", function (event) {
    event.preventDefault();
    var data = event.dataTransfer;
    if (!data) return;
    // A folder's entry must be asked for while the drop is being told of.
    var entries = Array.prototype.map.call(data.items || [], function (item) {
      return item.webkitGetAsEntry ? item.webkitGetAsEntry() : null;
    }).filter(Boolean);
    var folder = entries.some(function (entry) {
      return entry.isDirectory;
    });
    if (folder) keep({ entries: entries });
    else if (data.files.length) keep({ files: Array.from(data.files) });
  });
  early(document, "paste", function (event) {
    var data = event.clipboardData;
    if (!data) return;
    if (data.files.length) keep({ files: Array.from(data.files) });
    else keep({ html: data.getData("text/html"), text: data.getData("text/plain") });
  });
  Array.prototype.forEach.call(app.querySelectorAll("input[type=file]"), function (input) {
    // Its window may still be open when the page takes the screen over.
    input.addEventListener("change", function () {
      if (input.files.length) keep({ files: Array.from(input.files) });
    });
  });
  early(app, "click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    var input = button.nextElementSibling;
    if (input && input.type === "file") input.click();
    else if (button.id) keep({ click: button.id });
  });

  // ---- modules ----

  // The module `name`, compiled: from its block in this page, else from its file.
  function compile(name) {
    var file = here.getAttribute("data-" + name + "-wasm");
    if (file) {
      return fetch(file).then(function (response) {
        if (!response.ok) throw new Error(response.status + " " + response.url);
        // While it comes, and from what the browser kept of the last visit; a server that calls it something else still serves it.
        if (WebAssembly.compileStreaming && response.headers.get("content-type") === "application/wasm") {
          return WebAssembly.compileStreaming(response);
        }
        return response.arrayBuffer().then(function (bytes) {
          return WebAssembly.compile(bytes);
        });
      });
    }
    var text = atob(document.getElementById(name + "-wasm").textContent.trim());
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    var unzip = new DecompressionStream("gzip");
    var writer = unzip.writable.getWriter();
    writer.write(bytes);
    writer.close();
    return new Response(unzip.readable).arrayBuffer().then(function (bytes) {
      return WebAssembly.compile(bytes);
    });
  }

  // The compiled modules of the workers, by name: a promise each, made when the first such worker is asked for.
  var modules = {};

  // A fresh worker with the module `name`: worker, reader or picture. It is given the compiled module as its first
  // message; see `pack`, which ends its script with the line that waits for it. A module that does not come is an
  // `error` event of the worker, like all that goes wrong.
  boot.worker = function (name) {
    var file = here.getAttribute("data-" + name + "-script");
    var script = file
      ? "importScripts(" + JSON.stringify(new URL(file, document.baseURI).href) + ");"
      : document.getElementById(name + "-script").textContent;
    // A blob: worker is under the page's content security policy; one from a file would be under none.
    var url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    var worker = new Worker(url);
    if (!modules[name]) {
      // After the page is drawn: unpacking takes the main thread a moment.
      modules[name] = new Promise(function (resolve) {
        setTimeout(resolve, 0);
      }).then(function () {
        return compile(name);
      });
    }
    modules[name].then(
      function (module) {
        worker.postMessage(module);
      },
      function (error) {
        modules[name] = null;
        worker.dispatchEvent(new ErrorEvent("error", { message: String(error) }));
      }
    );
    return worker;
  };

  // The page as one file, as a promise of a blob: this very page as it was delivered, or the file beside it. Nothing
  // of what is open is in it.
  boot.tool = function () {
    var file = here.getAttribute("data-tool");
    if (file) {
      return fetch(file).then(function (response) {
        if (!response.ok) throw new Error(response.status + " " + response.url);
        return response.blob();
      });
    }
    var page = document.documentElement.cloneNode(true);
    page.lang = "zh-CN";
    page.removeAttribute("data-theme");
    page.querySelector("title").textContent = page.querySelector("[name=application-name]").content;
    var screen = page.querySelector("#app");
    screen.innerHTML = first;
    if (first) screen.setAttribute("data-first", "");
    return Promise.resolve(new Blob(["<!DOCTYPE html>\n", page.outerHTML], { type: "text/html" }));
  };

  // ---- start ----

  // hosted {
  // The hosted page's files for when there is no network. A page from disk, and the single file, have no such thing.
  function keep_offline() {
    var keeper = here.getAttribute("data-keeper");
    if (!keeper || !navigator.serviceWorker || location.protocol === "file:") return;
    // After everything that the reader waits for; refused, nothing is lost but the way back without a network.
    setTimeout(function () {
      navigator.serviceWorker.register(keeper).catch(function () {});
    }, 1000);
  }
  // }

  var modern = typeof WebAssembly === "object" && typeof DecompressionStream === "function";
  // Where it is a file it is asked for at once, beside the page's script.
  var page = modern && here.getAttribute("data-page-wasm") ? compile("page") : null;
  if (page) page.catch(function () {});

  function start() {
    try {
      if (!modern || typeof wasm_bindgen === "undefined") throw new Error("WebAssembly / DecompressionStream");
      (page || compile("page")).then(function (module) {
        return wasm_bindgen({ module_or_path: module });
      }).then(function () {
        boot.state = "running";
        // hosted {
        keep_offline();
        // }
      }).catch(function (error) {
        give_up(
          error,
          "本页没有打开。请重新载入；另存过的网页请改用单文件版。",
          "The page did not start. Please reload it; instead of a saved copy, use the single-file edition."
        );
      });
    } catch (error) {
      give_up(
        error,
        "浏览器太旧：请用 Chrome、Edge 103，Firefox 113，Safari 16.4 或更新的版本。",
        "The browser is too old: please use Chrome or Edge 103, Firefox 113, Safari 16.4 or later."
      );
    }
  }

  // The page's script and, in the one file, its modules come after this one.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
