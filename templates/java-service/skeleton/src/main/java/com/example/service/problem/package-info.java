/** Every error leaves as {@code application/problem+json} (RFC 9457). */
@NullMarked
package com.example.service.problem;

import org.jspecify.annotations.NullMarked;
