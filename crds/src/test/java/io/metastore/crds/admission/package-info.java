/// What an API server does with a custom resource before it stores it, by the files that users apply. The real one does
/// the same to the same examples in `ClusterOnKubernetesIT`.
@NullMarked
package io.metastore.crds.admission;

import org.jspecify.annotations.NullMarked;
