// early.js runs before the first paint (a classic script in the head), so that
// the font size and the theme never jump. lib/… reads and sets them through
// globalThis.display; everything else follows from attributes on <html>:
//   data-size    standard | large | elder
//   data-theme   light | dark
//   data-narrow  present while the window is narrower than 44 characters
(function () {
    var root = document.documentElement;
    var dark = matchMedia("(prefers-color-scheme: dark)");
    var sizes = ["standard", "large", "elder"];
    var asked = new URLSearchParams(location.search);

    function read(key) {
        try { return localStorage.getItem(key); } catch (e) { return null; }
    }

    var display = globalThis.display = {
        size: asked.get("size") || read("size"),
        theme: asked.get("theme") || read("theme") || "auto",
        set: function (key, value) {
            display[key] = value;
            try { localStorage.setItem(key, value); } catch (e) { /* a private window forgets */ }
            display.apply();
        },
        apply: function () {
            if (sizes.indexOf(display.size) < 0) display.size = sizes[0];
            root.dataset.size = display.size;
            root.dataset.theme = display.theme === "dark" || display.theme !== "light" && dark.matches ? "dark" : "light";
            var rem = { standard: 17, large: 20, elder: 24 }[display.size];
            root.toggleAttribute("data-narrow", innerWidth < 44 * rem);
        },
    };

    display.apply();
    addEventListener("resize", display.apply);
    dark.addEventListener("change", display.apply);
})();
