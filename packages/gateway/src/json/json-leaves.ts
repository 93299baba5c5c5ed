export { jsonLeaves, replaceLeaves, type JsonLeaf } from 'sallyport'
