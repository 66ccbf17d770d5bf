/// Leases and the keys attached to them, as state. It has no clock: when a lease expires is decided elsewhere.
@NullMarked
package io.metastore.server.lease;

import org.jspecify.annotations.NullMarked;
