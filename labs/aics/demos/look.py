"""How a demo's page looks: light or dark, for a desk, a phone or the back row."""

from __future__ import annotations

#: Height of letters in CSS pixels: of a page at a desk; on a projector (24 points); and there of the controls, which
#: only the teacher needs to read.
LABEL, PROJECTED, CONTROLS = 16, 32, 22
DARK, PROJECTOR = "aics-dark", "aics-projector"

#: JupyterLab's own names, so that pictures and widgets follow; a notebook has its theme already.
_DARK = """
  --jp-layout-color0: #111; --jp-layout-color1: #161616; --jp-layout-color2: #2a2a2a; --jp-layout-color3: #444;
  --jp-content-font-color1: #fff; --jp-content-font-color2: #ccc; --jp-ui-font-color0: #fff;
  --jp-ui-font-color1: #fff; --jp-ui-font-color2: #ccc; --jp-border-color1: #777; --jp-border-color2: #555;
  --jp-widgets-color: #fff; --jp-widgets-label-color: #fff; --jp-widgets-readout-color: #fff;
  --jp-widgets-input-color: #fff; --jp-widgets-input-background-color: #222; --jp-widgets-input-border-color: #888;
  --jp-widgets-slider-handle-background-color: #ddd; color-scheme: dark;
"""

STYLE = f"""<style>
.aics-demo {{ --aics-label: {LABEL}px; --jp-widgets-font-size: var(--aics-label);
  --jp-widgets-inline-height: calc(1.9 * var(--aics-label)); --jp-widgets-slider-handle-size: var(--aics-label);
  color: var(--jp-content-font-color1, #222); background: var(--jp-layout-color0, #fff); padding: 0 .4em;
  position: relative; font: var(--aics-label)/1.35 var(--jp-ui-font-family, system-ui, sans-serif); overflow: hidden; }}
.aics-demo.{PROJECTOR} {{ --aics-label: {PROJECTED}px; }}
.aics-demo.{DARK} {{{_DARK}}}
body:has(.aics-demo.{PROJECTOR}) :is(#rendered_cells, .jp-Notebook, .jp-Cell) {{ padding-top: 0; margin-top: 0; }}
body:has(.aics-demo.{DARK}) {{ background: #111; --jp-layout-color0: #111; --jp-layout-color1: #111; }}
.aics-projector .aics-bar {{ --aics-label: {LABEL}px; --jp-widgets-font-size: {LABEL}px; position: absolute; top: 0;
  right: .4em; z-index: 1; }}
.aics-projector .aics-left {{ --aics-label: {CONTROLS}px; --jp-widgets-font-size: {CONTROLS}px;
  --jp-widgets-inline-height: calc(1.9 * {CONTROLS}px); --jp-widgets-slider-handle-size: {CONTROLS}px; }}
.aics-projector .aics-title {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
.aics-projector :is(.aics-ask, .aics-intro) {{ margin-right: {18 * LABEL}px !important; }}
.aics-demo h1, .aics-demo h2 {{ font-size: 1.35em; margin: .2em 0; font-weight: 600; text-wrap: balance; }}
.aics-demo p {{ margin: .2em 0; max-width: 62em; font-size: var(--aics-label); line-height: 1.35; }}
.aics-demo .widget-html, .aics-demo .widget-html-content {{ font-size: var(--aics-label); line-height: 1.35;
  height: auto; overflow: visible; }}
.aics-demo .widget-label, .aics-demo .widget-readout, .aics-demo .jupyter-button, .aics-demo select,
.aics-demo input, .aics-demo .widget-label-basic {{ font-size: var(--aics-label); }}
.aics-demo .widget-label {{ width: auto; white-space: normal; height: auto; line-height: 1.25; }}
.aics-demo .jupyter-button {{ height: auto; min-height: calc(1.9 * var(--aics-label)); line-height: 1.35;
  white-space: normal; text-wrap: balance; padding: .1em .6em; color: inherit;
  background: var(--jp-layout-color2, #eee); border: 1px solid var(--jp-border-color1, #888); }}
.aics-demo :is(button, select, input, .aics-stage, .noUi-handle, a):focus-visible {{ outline: 3px solid #0072B2;
  outline-offset: 2px; }}
.aics-dark :is(button, select, input, .aics-stage, .noUi-handle, a):focus-visible {{ outline-color: #56B4E9; }}
.aics-demo .aics-readout {{ min-width: 3.2em; width: auto; flex: 0 0 auto; text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums; }}
.aics-demo .aics-numbers {{ gap: 2px; }}
.aics-demo .aics-numbers input {{ padding: 0 .1em; text-align: center; min-width: 0; }}
.aics-demo .aics-numbers .widget-text {{ width: auto; margin: 0; }}
.aics-demo .aics-numbers input::-webkit-inner-spin-button {{ display: none; }}
.aics-stage {{ position: relative; overflow: hidden; user-select: none; -webkit-user-select: none; }}
.aics-stage svg, .aics-stage img {{ display: block; }}
.aics-spoken {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
.aics-demo .aics-webcam {{ width: auto; }}
.aics-demo .jupyter-button.mod-active {{ color: #fff; background: #0072B2; }}
.aics-webcam + video {{ display: block; max-width: 100%; margin: .3em 0; border-radius: 4px; }}
.aics-webcam + video[hidden] {{ display: none; }}
.aics-ask {{ border-left: 5px solid #E69F00; padding-left: .6em; }}
.aics-trouble {{ border-left: 5px solid #D55E00; padding-left: .6em; font-weight: 600; }}
.aics-quiet {{ color: var(--jp-content-font-color2, #616161); }}
.aics-demo .widget-box {{ overflow: visible; }}
@media (max-width: 700px) {{ .aics-demo .aics-right {{ order: -1; }} }}
.aics-demo .aics-bar {{ align-items: center; flex-flow: row wrap; gap: .3em; }}
.aics-demo .aics-bar .aics-title {{ flex: 1 1 auto; }}
.aics-demo .aics-buttons {{ flex: 0 0 auto; gap: .3em; }}
.aics-demo .aics-cards {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17em), 1fr));
  gap: .8em; }}
.aics-demo .aics-card {{ border: 1px solid var(--jp-border-color1, #888); border-radius: 8px; padding: .6em;
  background: var(--jp-layout-color1, #fff); }}
.aics-demo .aics-card img {{ width: 100%; height: auto; border-radius: 4px; display: block; }}
</style>"""
