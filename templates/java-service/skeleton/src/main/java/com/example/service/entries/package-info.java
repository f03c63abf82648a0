/** The example resource: short texts kept under a key. */
@NullMarked
package com.example.service.entries;

import org.jspecify.annotations.NullMarked;
