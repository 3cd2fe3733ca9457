"""Where the states of an automaton and the nodes of a tree are drawn.

networkx places them in layers by the distance from the start, each in the order of its
neighbours' mean places (the barycentre method of Sugiyama, Tagawa and Toda, 1981), which leaves few
crossings.
"""

from __future__ import annotations

from typing import Any

from kirara_parikh.automata.automaton import Automaton
from kirara_parikh.grammars.derivation import Tree

Point = tuple[float, float]
_SWEEPS = 6


def state_places(automaton: Automaton) -> list[Point]:
    """A place for each state, in units of the distance between neighbours; the start is left."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(automaton.names)))
    graph.add_edges_from((step.source, step.target) for step in automaton.transitions)
    depths = nx.single_source_shortest_path_length(graph, automaton.start)
    deepest = max(depths.values())
    layers: list[list[int]] = [[] for _ in range(deepest + 1)]
    for state in graph:
        layers[depths.get(state, deepest)].append(state)
    _untangle(graph.to_undirected(), layers)
    found = nx.multipartite_layout(graph, subset_key=dict(enumerate(layers)))
    if len(layers) == 1:
        return [(0.0, 0.0)]
    first, second = found[layers[0][0]], found[layers[1][0]]
    unit = float(second[0] - first[0])  # networkx scales all to the square from -1 to 1
    return [(float(found[state][0]) / unit, float(found[state][1]) / unit) for state in graph]


def _untangle(graph: Any, layers: list[list[int]]) -> None:
    """Order each layer by the mean place of its neighbours in the layer before, then after."""
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        order = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
        for depth in order:
            beside = layers[depth - 1 if down else depth + 1]
            places = {state: place / len(beside) for place, state in enumerate(beside)}
            own = {state: n / len(layers[depth]) for n, state in enumerate(layers[depth])}

            def barycentre(
                state: int, places: dict[int, float] = places, own: dict[int, float] = own
            ) -> float:
                near = [places[other] for other in graph[state] if other in places]
                return sum(near) / len(near) if near else own[state]

            layers[depth].sort(key=barycentre)


def tree_places(tree: Tree, most: int) -> dict[int, Point]:
    """Places of the ``most`` nodes nearest to the root, in units; the root has height 0.

    Leaves stand side by side, and a parent over the middle of its children.
    """
    depths = {0: 0}
    order = [0]
    for node in order:
        for child in tree.children[node][: most - len(order)]:
            order.append(child)
            depths[child] = depths[node] + 1
    across: dict[int, float] = {}
    waiting, opened, width = [0], set[int](), 0
    while waiting:
        node = waiting[-1]
        children = [child for child in tree.children[node] if child in depths]
        if children and node not in opened:
            opened.add(node)
            waiting.extend(reversed(children))
            continue
        waiting.pop()
        if children:
            across[node] = (across[children[0]] + across[children[-1]]) / 2
        else:
            across[node] = float(width)
            width += 1
    return {node: (across[node], float(depths[node])) for node in order}
