/// The words of the operator: names of members, their roles, which object of Kubernetes is meant.
/// Everything else speaks in them, and they know nothing.
@NullMarked
package io.metastore.operator.model;

import org.jspecify.annotations.NullMarked;
