// Reads a GraphML and a GEXF file as Gephi Lite does, and prints nodes, edges, distinct ids of edges and the voices of a claim.
const { readFileSync } = require("fs");
const Graph = require("graphology");

const [graphml, gexf, claim] = process.argv.slice(2);
for (const [name, file] of [["graphology-graphml", graphml], ["graphology-gexf", gexf]]) {
  const graph = require(name).parse(Graph, readFileSync(file, "utf8"));
  const voices = graph.getNodeAttribute(claim, "voices_line");
  console.log(JSON.stringify([graph.order, graph.size, new Set(graph.edges()).size, voices]));
}
