/**
 * The branches of a conversation. Each is a conversation of its own on the server. The page stores where each left which other one:
 * { [id]: { parent, at } }, where "at" counts the turns that both have in common. The first one has no parent.
 */

/**
 * The versions of a turn, oldest first.
 * @param {object} branches the branches
 * @param {string} id the branch that is shown
 * @param {number} turn the index of the turn
 * @returns {string[]} the branches with a version of their own, and the index of the one that is shown
 */
export function versions(branches, id, turn) {
	const shown = owner(branches, id, turn);
	const first = firstVersion(branches, shown, turn);
	const ids = Object.keys(branches).filter((other) => other === first
			|| (branches[other].at === turn && firstVersion(branches, other, turn) === first));
	return { ids, index: ids.indexOf(shown) };
}

/** The branch that a turn belongs to, possibly an earlier one. */
function owner(branches, id, turn) {
	while (branches[id]?.parent && turn < branches[id].at) {
		id = branches[id].parent;
	}
	return id;
}

function firstVersion(branches, id, turn) {
	while (branches[id]?.parent && branches[id].at === turn) {
		id = owner(branches, branches[id].parent, turn);
	}
	return id;
}
