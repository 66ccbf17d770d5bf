/// Follows requests through this member, and sends what it saw to a collector, with OpenTelemetry. Other parts see
/// two small interfaces, behind which nothing happens while nobody wants traces.
@NullMarked
package io.metastore.server.trace;

import org.jspecify.annotations.NullMarked;
