/// What the cluster keeps about itself: who belongs to it, what members tell of themselves, and raised
/// alarms. It is plain state.
@NullMarked
package io.metastore.server.cluster;

import org.jspecify.annotations.NullMarked;
