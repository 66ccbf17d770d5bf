/// Builds the objects of Kubernetes that a cluster is made of. Pure: the same cluster gives the same
/// objects.
@NullMarked
package io.metastore.operator.resource;

import org.jspecify.annotations.NullMarked;
