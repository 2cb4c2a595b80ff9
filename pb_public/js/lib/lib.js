/**
 * lib.js: the vendored libraries, named in one place. Views import only from here.
 *
 *   html`<p>${x}</p>`                         a template, see htm
 *   h, render, Fragment                       Preact
 *   useState, useEffect, useRef, useMemo      Preact hooks
 *   signal, computed, effect, batch           signals, for modules
 *   useSignal, useComputed, useSignalEffect   signals, inside a component
 */
import { Fragment, h, render, Component } from "../../vendor/preact.mjs";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "../../vendor/hooks.mjs";
import {
    batch, computed, effect, signal, untracked, useComputed, useSignal, useSignalEffect,
} from "../../vendor/signals.mjs";
import htm from "../../vendor/htm.mjs";

export const html = htm.bind(h);
export { Component, Fragment, h, render };
export { useEffect, useLayoutEffect, useMemo, useRef, useState };
export { batch, computed, effect, signal, untracked, useComputed, useSignal, useSignalEffect };
