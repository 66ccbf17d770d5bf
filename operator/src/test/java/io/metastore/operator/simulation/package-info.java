/// A cluster of Kubernetes and its members, played in memory with a clock of their own: what planned
/// steps do to it, what befalls it by chance, and a judge who objects to every step that could hurt.
@NullMarked
package io.metastore.operator.simulation;

import org.jspecify.annotations.NullMarked;
