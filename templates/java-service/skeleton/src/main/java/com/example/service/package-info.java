/** The service; README.md says where things are. */
@NullMarked
package com.example.service;

import org.jspecify.annotations.NullMarked;
