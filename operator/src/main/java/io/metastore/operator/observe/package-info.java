/// What there is: objects of Kubernetes and the answers of members, as records. Everything is read
/// anew for each look, so a plan is never made from what a cache remembers.
@NullMarked
package io.metastore.operator.observe;

import org.jspecify.annotations.NullMarked;
