// DBML → entity diagram. References into another database ("soft ref: database.table.column" in a note) are dashed arrows.
import renderer from '@softwaretechnik/dbml-renderer';
import render from '@aduh95/viz.js/sync';
import { parse } from './dialects.mjs';

const softRef = /^soft ref: (\w+)\.(\w+)\.(\w+)/;

export function diagram(text) {
  const dot = renderer.run(text, 'dot').trimEnd();
  const graph = `${dot.slice(0, dot.lastIndexOf('}'))}${softRefs(text).map(edge).join('')}}\n`;
  return `${render(graph, { engine: 'dot', format: 'svg' }).trimEnd()}\n`;
}

const softRefs = text => parse(text).schemas[0].tables.flatMap(table => table.fields.flatMap((field, index) => {
  const match = softRef.exec(field.note ?? '');
  return match === null ? [] : [{ table: table.name, port: `f${index + 1}`, target: `${match[1]}.${match[2]}`, column: match[3] }];
}));

const edge = ref => `
  "${ref.target}" [shape=box, style=dashed, penwidth=3, margin=0.4, color="#29235c", label="${ref.target}\\n${ref.column}"]
  "${ref.table}":${ref.port}:e -> "${ref.target}" [style=dashed, penwidth=3, headlabel="1", taillabel="*"]
`;
