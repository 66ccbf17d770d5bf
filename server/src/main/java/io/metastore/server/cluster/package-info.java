/// What the cluster keeps about itself: raised alarms, and what members tell of themselves. It is plain state.
@NullMarked
package io.metastore.server.cluster;

import org.jspecify.annotations.NullMarked;
