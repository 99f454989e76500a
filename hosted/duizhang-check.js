// <duizhang-check src="/2025/budget.pdf"></duizhang-check>: the page in a frame, with this file open. See docs/portal.md.
(function () {
  "use strict";
  // The page lies beside this script.
  var page = new URL("./", document.currentScript.src).href;

  customElements.define("duizhang-check", class extends HTMLElement {
    static get observedAttributes() {
      return ["src"];
    }

    connectedCallback() {
      if (!this.firstElementChild) {
        var frame = document.createElement("iframe");
        frame.title = this.getAttribute("title") || "预算公开数字核对";
        frame.loading = "lazy";
        frame.allow = "clipboard-write";
        frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-downloads allow-modals");
        frame.style.cssText = "display: block; box-sizing: border-box; width: 100%; border: 1px solid #ccc";
        frame.style.height = this.getAttribute("height") || "80vh";
        this.style.display = "block";
        this.appendChild(frame);
      }
      this.show();
    }

    attributeChangedCallback() {
      this.show();
    }

    show() {
      var src = this.getAttribute("src");
      var frame = this.firstElementChild;
      if (!frame) return;
      // As the portal's page means it; the page in the frame opens files of its own origin alone.
      frame.src = src ? page + "?src=" + encodeURIComponent(new URL(src, document.baseURI).href) : page;
    }
  });
})();
