/// Members that are killed under load, and what must still hold afterwards: a workload of several clients, the
/// history of what they asked and were told, and checks of that history against the order of changes that the cluster
/// itself keeps.
@NullMarked
package io.metastore.server.fault;

import org.jspecify.annotations.NullMarked;
