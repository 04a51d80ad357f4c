package main

import "testing"

func TestByteSize(t *testing.T) {
	tests := []struct{ in, want string }{
		{"0", "0"}, {"64MiB", "64MiB"}, {" 1 GiB ", "1GiB"}, {"1.5KiB", "1536"}, {"512B", "512"}, {"1024", "1KiB"}, {"2048MiB", "2GiB"},
		{"64MB", `"64MB" is no size; write one such as 64MiB, or 0`},
		{"-1", `"-1" is no size; write one such as 64MiB, or 0`},
		{"NaN", `"NaN" is no size; write one such as 64MiB, or 0`},
		{"9999999GiB", `"9999999GiB" is no size; write one such as 64MiB, or 0`},
		{"", `"" is no size; write one such as 64MiB, or 0`},
	}
	for _, tt := range tests {
		var b byteSize
		got := ""
		if err := b.Set(tt.in); err != nil {
			got = err.Error()
		} else {
			got = b.String()
		}
		if got != tt.want {
			t.Errorf("%q is %s, want %s", tt.in, got, tt.want)
		}
	}
}
