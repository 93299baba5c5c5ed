import type { ComponentChildren } from 'preact'
import { parseMarkdown, type Block } from '../text/markdown.ts'
import type { Inline } from '../text/markdown-inline.ts'
import { SafeText } from './safe-text.tsx'

/** Model text as elements made one by one. Nothing in it can be clicked, fetched or run. */
export function MarkdownView({ text }: { readonly text: string }) {
  return <div class="prose">{parseMarkdown(text).map(renderBlock)}</div>
}

function renderBlock(block: Block): ComponentChildren {
  switch (block.type) {
    case 'paragraph':
      return <p>{block.children.map(renderInline)}</p>
    case 'heading':
      // The page's own headings come first: a model's title must not outrank them for a screen reader.
      return (
        <p
          class={`prose-heading prose-heading-${block.level}`}
          role="heading"
          aria-level={Math.min(block.level + 2, 6)}
        >
          {block.children.map(renderInline)}
        </p>
      )
    case 'code':
      return (
        <pre tabIndex={0} aria-label={block.language ? `Code, ${block.language}` : 'Code'}>
          <code>
            <SafeText text={block.text} />
          </code>
        </pre>
      )
    case 'list': {
      const items = block.items.map((item) => <li>{item.map(renderBlock)}</li>)
      return block.start === undefined ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>
    }
    case 'quote':
      return <blockquote>{block.children.map(renderBlock)}</blockquote>
    case 'rule':
      return <hr />
    default:
      return block satisfies never
  }
}

function renderInline(node: Inline): ComponentChildren {
  switch (node.type) {
    case 'text':
      return <SafeText text={node.text} />
    case 'code':
      return (
        <code>
          <SafeText text={node.text} />
        </code>
      )
    case 'strong':
      return <strong>{node.children.map(renderInline)}</strong>
    case 'emphasis':
      return <em>{node.children.map(renderInline)}</em>
    case 'strike':
      return <s>{node.children.map(renderInline)}</s>
    case 'link':
    case 'image':
      return (
        <span
          class={`inert-target inert-${node.type}`}
          title={`${node.type === 'link' ? 'Link, not followed' : 'Image, not loaded'}: ${node.target}`}
        >
          <SafeText text={node.label} />
          <span class="inert-host">
            {node.type === 'image' ? 'image at ' : ''}
            <SafeText text={hostOf(node.target)} />
          </span>
        </span>
      )
    default:
      return node satisfies never
  }
}

function hostOf(target: string): string {
  const host = URL.canParse(target) ? new URL(target).host : ''
  return host || target.slice(0, 60)
}
