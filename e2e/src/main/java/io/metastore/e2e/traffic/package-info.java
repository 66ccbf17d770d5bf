/// What clients ask while faults happen: a mixture of all that etcd's API offers on a few keys, so that
/// calls meet, and what Kubernetes asks. A seed decides.
@NullMarked
package io.metastore.e2e.traffic;

import org.jspecify.annotations.NullMarked;
