/// Tests of the metrics, and of the whole page against etcd's.
@NullMarked
package io.metastore.server.metrics;

import org.jspecify.annotations.NullMarked;
