/** Every setting comes from the environment, and is checked at the start. */
@NullMarked
package com.example.service.config;

import org.jspecify.annotations.NullMarked;
