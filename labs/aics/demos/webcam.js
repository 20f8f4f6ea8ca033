// A button that takes one picture with the computer's own camera. The picture goes to the kernel, and nowhere else.

const LONGEST = 1024;

function render({ model, el }) {
  const button = document.createElement("button");
  const video = document.createElement("video");
  button.type = "button";
  button.className = "jupyter-button widget-button aics-webcam";
  video.muted = video.playsInline = true;
  video.hidden = true;
  video.setAttribute("aria-label", model.get("seen"));
  el.append(button, video);
  let stream = null;

  function name() {
    button.textContent = model.get(stream ? "takes" : "opens");
  }
  function close() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = true;
    name();
  }
  async function open() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: true });
      video.srcObject = stream;
      video.hidden = false;
      name();
      await video.play();
    } catch (error) {
      close();
      model.send({ kind: "refused", why: String((error && error.name) || "") });
    }
  }
  function take() {
    const canvas = document.createElement("canvas");
    const scale = Math.min(LONGEST / Math.max(video.videoWidth, video.videoHeight, 1), 1);
    canvas.width = Math.max(Math.round(video.videoWidth * scale), 1);
    canvas.height = Math.max(Math.round(video.videoHeight * scale), 1);
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(async (file) => {
      close();
      if (file) model.send({ kind: "taken" }, undefined, [await file.arrayBuffer()]);
    }, "image/jpeg", 0.92);
  }
  button.addEventListener("click", () => (stream ? take() : open()));
  model.on("change:disabled", () => (button.disabled = model.get("disabled")));
  name();
  return close;
}

export default { render };
