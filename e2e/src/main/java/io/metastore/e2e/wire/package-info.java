/// Calls, answers and watches as etcd's messages, and the clients that send them: one call at a time, never
/// repeated, since a lost answer does not say that the call did not happen.
@NullMarked
package io.metastore.e2e.wire;

import org.jspecify.annotations.NullMarked;
