// The stage: shows a scene, says what is on it, and sends where the mouse, a finger or an arrow key is.
// One message is on its way at a time; what comes meanwhile waits, and only the latest is sent.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SPOKEN_AFTER = 600; // milliseconds for which a scene must stand before it is read aloud
const SIZED_AFTER = 80;

function render({ model, el }) {
  const stage = document.createElement("div");
  const spoken = document.createElement("div");
  stage.className = "aics-stage";
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  spoken.className = "aics-spoken";
  spoken.setAttribute("aria-live", "polite");
  el.append(stage, spoken);

  let waiting = null;
  let busy = false;
  function send(message) {
    if (busy) {
      const same = waiting && waiting.kind === "step" && message.kind === "step";
      waiting = same ? { ...message, right: waiting.right + message.right, down: waiting.down + message.down } : message;
      return;
    }
    busy = true;
    model.send(message);
  }
  function answered() {
    busy = false;
    const next = waiting;
    waiting = null;
    if (next) send(next);
  }

  function place(event) {
    const box = stage.getBoundingClientRect();
    return { kind: "point", x: event.clientX - box.left, y: event.clientY - box.top };
  }
  let dragging = false;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    dragging = true;
    stage.setPointerCapture(event.pointerId);
    stage.focus({ preventScroll: true });
    send(place(event));
    if (model.get("draggable")) event.preventDefault();
  });
  stage.addEventListener("pointermove", (event) => {
    if (dragging || model.get("hovering")) send(place(event));
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => (dragging = false));
  stage.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (!step || !model.get("steps") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    send({ kind: "step", right: step[0], down: step[1] });
  });

  let speaking = 0;
  function show() {
    stage.innerHTML = model.get("markup");
    stage.dataset.shown = Number(stage.dataset.shown || 0) + 1;
    answered();
  }
  function say() {
    stage.setAttribute("aria-label", model.get("alt"));
    clearTimeout(speaking);
    speaking = setTimeout(() => (spoken.textContent = model.get("alt")), SPOKEN_AFTER);
  }
  function touch() {
    stage.style.touchAction = model.get("draggable") ? "none" : "auto";
    stage.style.cursor = model.get("draggable") ? "crosshair" : "auto";
  }
  model.on("change:markup", show);
  model.on("change:alt", say);
  model.on("change:draggable", touch);
  model.on("msg:custom", answered); // nothing has changed

  let sizing = 0;
  function measure() {
    const width = Math.round(el.clientWidth);
    if (!width) return;
    const below = model.get("whole") ? Math.max(stage.getBoundingClientRect().top + window.scrollY, 0) : 0;
    const room = window.innerHeight - below - (model.get("whole") ? model.get("spare") : 0.3 * window.innerHeight);
    const height = Math.round(Math.max(Math.min(room, 1.2 * width + 160), 240));
    if (model.get("size").join() === [width, height].join()) return;
    model.set("size", [width, height]);
    model.save_changes();
  }
  function soon() {
    clearTimeout(sizing);
    sizing = setTimeout(measure, SIZED_AFTER);
  }
  const watched = new ResizeObserver(soon);
  watched.observe(el);
  window.addEventListener("resize", soon);
  model.on("change:spare", soon);
  show();
  say();
  touch();
  return () => {
    watched.disconnect();
    window.removeEventListener("resize", soon);
  };
}

export default { render };
