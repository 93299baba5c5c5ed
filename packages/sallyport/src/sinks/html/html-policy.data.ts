// Which HTML may stay. Everything that is not named here is dropped: elements lose their tags, attributes vanish.

/** Elements that only lay out or describe text. None runs code, loads anything (but `img`) or takes input. */
export const ALLOWED_ELEMENTS: ReadonlySet<string> = new Set(
  `a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup data dd del
  details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main
  mark menu meter nav ol p pre progress q rp rt ruby s samp search section small span strike strong sub summary sup table tbody td tfoot th
  thead time tr tt u ul var wbr`.split(/\s+/),
)

/** Elements dropped with all they hold: code, other documents, media, other syntaxes, text the parser reads raw. */
export const DROPPED_WITH_CONTENT: ReadonlySet<string> = new Set(
  `script style template noscript iframe frameset noembed noframes xmp plaintext textarea title svg math audio video
  canvas object applet select portal fencedframe`.split(/\s+/),
)

/** Elements that run, load, navigate, take input or change how the rest is parsed: `output-markdown` escapes them. */
export const ACTIVE_ELEMENTS: ReadonlySet<string> = new Set(
  `script style template noscript iframe frame frameset noembed noframes xmp plaintext listing textarea title svg math
  audio video source track picture canvas object embed applet param select option optgroup datalist portal fencedframe
  link meta base basefont bgsound form input button label fieldset legend output keygen isindex html head body image
  area map layer ilayer multicol nextid marquee blink dialog slot selectedcontent animate animatemotion
  animatetransform set foreignobject use desc mglyph malignmark annotation annotation-xml mtext mi mo mn ms maction
  semantics handler listener xml xss import vmlframe x-import geolocation permission model webview`.split(/\s+/),
)

/** Attributes any allowed element may have; their values are free text or checked by name elsewhere. */
export const GLOBAL_ATTRIBUTES: ReadonlySet<string> = new Set(
  `title lang dir class id align valign style role translate hidden accesskey itemprop itemscope itemtype itemid
  tabindex`.split(/\s+/),
)

/** `data-` attributes that say what something is. Others may be orders to a script library (`data-hx-get`, `data-bs-target`). */
export const DATA_NAMES: ReadonlySet<string> = new Set(
  `aliases anchor author category col column count cy date description end footnote-backref footnote-ref footnotes group
  heading id index key label lang language level line line-number name number order position row section size sort
  sourcepos start status tags test testid theme time title type unit value version`.split(/\s+/),
)

export const ELEMENT_ATTRIBUTES: Readonly<Record<string, ReadonlySet<string>>> = Object.assign(
  Object.create(null) as Record<string, ReadonlySet<string>>,
  {
    a: new Set(['href', 'name', 'rel', 'target', 'hreflang', 'type']),
    img: new Set(['src', 'alt', 'width', 'height', 'loading', 'decoding', 'border', 'hspace', 'vspace']),
    ol: new Set(['start', 'reversed', 'type', 'compact']),
    ul: new Set(['type', 'compact']),
    li: new Set(['value', 'type']),
    table: new Set(['border', 'cellpadding', 'cellspacing', 'width', 'summary', 'bgcolor', 'rules', 'frame']),
    td: new Set(['colspan', 'rowspan', 'headers', 'width', 'height', 'nowrap', 'bgcolor', 'scope', 'abbr']),
    th: new Set(['colspan', 'rowspan', 'headers', 'width', 'height', 'nowrap', 'bgcolor', 'scope', 'abbr']),
    tr: new Set(['bgcolor', 'height']),
    col: new Set(['span', 'width']),
    colgroup: new Set(['span', 'width']),
    details: new Set(['open', 'name']),
    time: new Set(['datetime']),
    data: new Set(['value']),
    meter: new Set(['value', 'min', 'max', 'low', 'high', 'optimum']),
    progress: new Set(['value', 'max']),
    blockquote: new Set(['cite']),
    q: new Set(['cite']),
    del: new Set(['datetime', 'cite']),
    ins: new Set(['datetime', 'cite']),
    dl: new Set(['compact']),
    font: new Set(['color', 'size', 'face']),
    hr: new Set(['width', 'size', 'noshade', 'color']),
    pre: new Set(['width']),
    br: new Set(['clear']),
    // Only the disabled check box of a task list ever gets here.
    input: new Set(['type', 'disabled', 'checked']),
    div: new Set(['width', 'height']),
    p: new Set(['width']),
  },
)

/**
 * Names that, as `id` or `name`, would shadow a property scripts read from `document`, `window` or a form (DOM
 * clobbering). Compared without case.
 */
export const CLOBBERING_NAMES: ReadonlySet<string> = new Set(
  `activeelement addeventlistener alert all anchors appendchild applets attributes baseuri body captureevents
  characterset charset childelementcount childnodes children classname clear clonenode close compatmode constructor
  contains contenttype cookie createelement createelementns createtextnode currentscript customelements dataset
  defaultview designmode dir dispatchevent doctype document documentelement documenturi domain elementfrompoint elements
  embeds eval event execcommand external fetch firstchild firstelementchild fonts forms frames fullscreenelement
  getattribute getelementbyid getelementsbyclassname getelementsbyname getelementsbytagname getrootnode getselection
  hasattribute hasattributes hasfocus hasownproperty head hidden history id images implementation importnode innerhtml
  innertext insertadjacenthtml insertbefore isconnected isprototypeof lastchild lastelementchild lastmodified length links
  localstorage location locationbar method name namespaceuri navigator nextelementsibling nextsibling nodename nodetype
  nodevalue normalize nonce onerror onload open opener outerhtml ownerdocument parent parentelement parentnode plugins
  postmessage previouselementsibling previoussibling process prototype queryselector queryselectorall readystate referrer
  releaseevents removeattribute removechild removeeventlistener replacechild reset rootelement screen scripts scrollingelement self
  sessionstorage setattribute settimeout shadowroot style stylesheets submit tagname target textcontent title
  top tostring url urlunencoded valueof visibilitystate window write writeln __proto__ __definegetter__
  __definesetter__ __lookupgetter__ __lookupsetter__ action autocomplete checkvalidity encoding enctype novalidate
  reportvalidity requestsubmit relist acceptcharset`
    .toLowerCase()
    .split(/\s+/),
)

/** CSS properties that style text and boxes in place. None positions over other content, animates or loads. */
export const ALLOWED_CSS: ReadonlySet<string> = new Set(
  `color background-color background text-align text-decoration text-decoration-line text-decoration-color
  text-decoration-style text-indent text-transform text-overflow text-shadow font font-family font-size font-style font-variant
  font-weight font-stretch line-height letter-spacing word-spacing word-break word-wrap overflow-wrap white-space
  vertical-align direction unicode-bidi list-style-type list-style-position width min-width max-width height min-height
  max-height margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom
  padding-left border border-top border-right border-bottom border-left border-width border-style border-color
  border-top-width border-right-width border-bottom-width border-left-width border-top-style border-right-style
  border-bottom-style border-left-style border-top-color border-right-color border-bottom-color border-left-color
  border-radius border-top-left-radius border-top-right-radius border-bottom-left-radius border-bottom-right-radius
  border-collapse border-spacing caption-side empty-cells table-layout box-sizing float clear display flex-wrap
  flex-direction justify-content align-items gap row-gap flex flex-flow flex-grow
  flex-shrink flex-basis order align-self align-content justify-items justify-self place-items place-content place-self
  grid-template-columns grid-template-rows grid-auto-rows grid-auto-columns grid-auto-flow grid-column grid-row
  aspect-ratio font-variant-numeric text-wrap page-break-before page-break-after page-break-inside break-inside
  tab-size hyphens overflow overflow-x overflow-y opacity object-fit columns column-count column-gap`.split(/\s+/),
)
