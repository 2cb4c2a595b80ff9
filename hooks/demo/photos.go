package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
)

// photos are small pictures that stand for those that people would take: a
// river, hills and a house in a different light each.
func photos() ([][]byte, error) {
	out := make([][]byte, 6)
	for i := range out {
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, landscape(i), &jpeg.Options{Quality: 70}); err != nil {
			return nil, err
		}
		out[i] = buf.Bytes()
	}
	return out, nil
}

func landscape(n int) image.Image {
	const w, h = 480, 320
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, shade(n, float64(x)/w, float64(y)/h))
		}
	}
	return img
}

// shade is the colour of a point; x and y run from 0 to 1.
func shade(n int, x, y float64) color.RGBA {
	light := float64(n) / 6
	house := 0.15 + 0.1*float64(n)
	hills := 0.45 + 0.08*math.Sin(7*x+float64(n)) + 0.04*math.Sin(17*x)
	switch {
	case x > house && x < house+0.16 && y > 0.5 && y < 0.72:
		return color.RGBA{uint8(200 - 60*light), 80, 60, 255}
	case math.Abs(x-house-0.08) < 0.8*(y-0.4) && y > 0.4 && y < 0.5:
		return color.RGBA{90, 60, 60, 255}
	case y > 0.78+0.02*math.Sin(20*x+float64(n)):
		return color.RGBA{70, uint8(120 + 80*y), uint8(170 + 40*light), 255}
	case y > hills:
		return color.RGBA{uint8(60 + 60*y), uint8(110 + 60*light), 70, 255}
	}
	return color.RGBA{uint8(120 + 120*light), uint8(170 + 60*y), 235, 255}
}
