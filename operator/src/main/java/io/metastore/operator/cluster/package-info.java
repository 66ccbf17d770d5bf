/// The loop: observe, check, plan, act, report. The Java Operator SDK stays in here and in the root.
@NullMarked
package io.metastore.operator.cluster;

import org.jspecify.annotations.NullMarked;
