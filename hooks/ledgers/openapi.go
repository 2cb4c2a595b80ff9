package ledgers

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"yaodian/hooks/org"
)

//go:embed routes.json
var routesJSON []byte

// object is a piece of an OpenAPI document.
type object = map[string]any

// showOpenAPI answers the interface as it is now: collections from the live
// schema, with rules in words, and the application's own routes.
func showOpenAPI(e *core.RequestEvent) error {
	doc, err := OpenAPI(e.App)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, doc)
}

// OpenAPI is the interface of app as an OpenAPI 3.1 document.
func OpenAPI(app core.App) (object, error) {
	collections, err := app.FindAllCollections()
	if err != nil {
		return nil, err
	}
	paths, schemas := object{}, object{"Error": errorSchema}
	if err := json.Unmarshal(routesJSON, &paths); err != nil {
		return nil, err
	}
	for _, c := range collections {
		if c.System {
			continue
		}
		schemas[c.Name] = recordSchema(app, c)
		addPaths(paths, c)
	}
	return object{
		"openapi": "3.1.0",
		"info":    object{"title": "要点", "version": "1", "description": "工作要点系统的接口。登录：POST /api/collections/people/auth-with-password，之后在 Authorization 里带上返回的 token。"},
		"paths":   paths,
		"components": object{
			"schemas":         schemas,
			"securitySchemes": object{"token": object{"type": "apiKey", "in": "header", "name": "Authorization"}},
		},
		"security": []object{{"token": []string{}}},
	}, nil
}

var errorSchema = object{
	"type": "object", "required": []string{"status", "message", "data"},
	"properties": object{
		"status": object{"type": "integer"}, "message": object{"type": "string"},
		"data": object{"type": "object", "additionalProperties": object{
			"type": "object", "properties": object{"code": object{"type": "string"}, "message": object{"type": "string"}},
		}},
	},
}

// recordSchema describes a record as the interface answers it.
func recordSchema(app core.App, c *core.Collection) object {
	properties := object{"collectionId": object{"type": "string"}, "collectionName": object{"type": "string"}}
	required := []string{"id", "collectionId", "collectionName"}
	for _, f := range c.Fields {
		if f.GetHidden() || f.Type() == core.FieldTypePassword {
			continue
		}
		d := describeField(app, f, "")
		properties[d.Name] = property(d)
	}
	return object{"type": "object", "title": c.Name, "properties": properties, "required": required}
}

// property is the JSON schema of a field.
func property(f Field) object {
	p := object{"title": f.Label, "description": f.Help}
	switch f.Kind {
	case "number", "money":
		p["type"] = "number"
	case "bool":
		p["type"] = "boolean"
	case "json", "geoPoint":
		// any value
	case "choices":
		p["type"], p["items"] = "array", object{"type": "string", "enum": values(f.Options)}
	case "choice":
		p["type"], p["enum"] = "string", append(values(f.Options), "")
	default:
		p["type"] = "string"
	}
	if f.Many && f.Kind != "choices" {
		p["type"], p["items"] = "array", object{"type": "string"}
	}
	if f.Pattern != "" && !f.Many {
		p["pattern"] = "^$|" + f.Pattern
	}
	return p
}

func values(options []Option) []string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = o.Value
	}
	return out
}

// addPaths documents the five actions of a collection and who may take them.
func addPaths(paths object, c *core.Collection) {
	base := "/api/collections/" + c.Name + "/records"
	ref := object{"$ref": "#/components/schemas/" + c.Name}
	list := object{"type": "object", "required": []string{"items"}, "properties": object{
		"page": object{"type": "integer"}, "perPage": object{"type": "integer"}, "totalItems": object{"type": "integer"}, "totalPages": object{"type": "integer"},
		"items": object{"type": "array", "items": ref},
	}}
	many := object{"get": operation(c, "列出", c.ListRule, nil, "200", list)}
	one := object{"parameters": []object{pathParameter("id")}, "get": operation(c, "查看", c.ViewRule, nil, "200", ref)}
	if !c.IsView() {
		many["post"] = operation(c, "登记", c.CreateRule, ref, "200", ref)
		one["patch"] = operation(c, "修改", c.UpdateRule, ref, "200", ref)
		one["delete"] = operation(c, "删除", c.DeleteRule, nil, "204", nil)
	}
	paths[base], paths[base+"/{id}"] = many, one
}

func operation(c *core.Collection, verb string, rule *string, body object, status string, answer object) object {
	done := object{"description": "成功"}
	if answer != nil {
		done["content"] = object{"application/json": object{"schema": answer}}
	}
	refused := object{"description": "没有通过", "content": object{"application/json": object{"schema": object{"$ref": "#/components/schemas/Error"}}}}
	op := object{
		"tags": []string{group(c.Name)}, "summary": verb + " " + c.Name, "description": "谁可以：" + InWords(rule) + "。",
		"responses": object{status: done, "400": refused, "403": refused, "404": refused},
	}
	if body != nil {
		op["requestBody"] = object{"content": object{"application/json": object{"schema": body}}}
	}
	if verb == "列出" {
		op["parameters"] = []object{queryParameter("filter"), queryParameter("sort"), queryParameter("page"), queryParameter("perPage"), queryParameter("expand"), queryParameter("fields"), queryParameter("skipTotal")}
	}
	return op
}

func pathParameter(name string) object {
	return object{"name": name, "in": "path", "required": true, "schema": object{"type": "string"}}
}

func queryParameter(name string) object {
	return object{"name": name, "in": "query", "schema": object{"type": "string"}}
}

// showTypes answers TypeScript types of every collection, for scripts.
func showTypes(e *core.RequestEvent) error {
	text, err := Types(e.App)
	if err != nil {
		return err
	}
	return e.Blob(http.StatusOK, "application/typescript; charset=utf-8", []byte(text))
}

// Types is the schema of app as TypeScript interfaces.
func Types(app core.App) (string, error) {
	collections, err := app.FindAllCollections()
	if err != nil {
		return "", err
	}
	var out, names strings.Builder
	out.WriteString("// 由服务器按当前的表结构生成，请勿手改。\n\n")
	for _, c := range collections {
		if c.System {
			continue
		}
		name := typeName(c.Name)
		out.WriteString("export interface " + name + " {\n  id: string;\n  collectionId: string;\n  collectionName: \"" + c.Name + "\";\n")
		for _, f := range c.Fields {
			if f.GetHidden() || f.Type() == core.FieldTypePassword || f.GetName() == "id" {
				continue
			}
			d := describeField(app, f, "")
			out.WriteString("  /** " + strings.ReplaceAll(org.HelpOf(f), "*/", "") + " */\n  " + d.Name + ": " + tsType(d) + ";\n")
		}
		out.WriteString("}\n\n")
		names.WriteString("  " + c.Name + ": " + name + ";\n")
	}
	return out.String() + "export interface Collections {\n" + names.String() + "}\n", nil
}

func typeName(collection string) string {
	var out strings.Builder
	for part := range strings.SplitSeq(collection, "_") {
		if part != "" {
			out.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return out.String()
}

func tsType(f Field) string {
	one := "string"
	switch f.Kind {
	case "number", "money":
		one = "number"
	case "bool":
		one = "boolean"
	case "json", "geoPoint":
		return "unknown"
	case "choice":
		return `"` + strings.Join(append(values(f.Options), ""), `" | "`) + `"`
	case "choices":
		return `("` + strings.Join(values(f.Options), `" | "`) + `")[]`
	}
	if f.Many {
		return one + "[]"
	}
	return one
}
