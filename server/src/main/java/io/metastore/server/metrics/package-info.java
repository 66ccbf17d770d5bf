/// What is measured of a member: instruments, the list of all metrics with their types and buckets, and Prometheus's
/// text of them. Other packages tell what happens through small interfaces of their own, which `metrics.member`
/// implements.
@NullMarked
package io.metastore.server.metrics;

import org.jspecify.annotations.NullMarked;
