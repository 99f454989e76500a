// Starts the page, and makes its workers. Everything it needs is beside it (hosted) or in the page itself (one file).
//
// Written in the JavaScript of 2015, so that an old browser runs it far enough to say that it is too old.
(function () {
  "use strict";
  // A saved page may hold this script twice.
  if (window.duizhang) return;

  var here = document.currentScript;
  var boot = (window.duizhang = { state: "starting", error: "", worker: null });

  function give_up(error, zh, en) {
    boot.state = "failed";
    boot.error = String(error);
    var app = document.getElementById("app");
    app.textContent = "";
    [[zh, "zh-CN"], [en, "en"], [boot.error, "en"]].forEach(function (line) {
      var p = document.createElement("p");
      p.lang = line[1];
      p.textContent = line[0];
      app.appendChild(p);
    });
  }

  // The module `name`, compiled: from its block in this page, else from its file.
  function compile(name) {
    var block = document.getElementById(name + "-wasm");
    if (!block) {
      return fetch(here.getAttribute("data-" + name + "-wasm")).then(function (response) {
        if (!response.ok) throw new Error(response.status + " " + response.url);
        return response.arrayBuffer();
      }).then(function (bytes) {
        return WebAssembly.compile(bytes);
      });
    }
    var text = atob(block.textContent.trim());
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
    var block = document.getElementById(name + "-script");
    var script = block
      ? block.textContent
      : "importScripts(" + JSON.stringify(new URL(here.getAttribute("data-" + name + "-script"), document.baseURI).href) + ");";
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

  try {
    if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function" || typeof wasm_bindgen === "undefined") {
      throw new Error("WebAssembly / DecompressionStream");
    }
    compile("page").then(function (module) {
      return wasm_bindgen({ module_or_path: module });
    }).then(function () {
      boot.state = "running";
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
})();
