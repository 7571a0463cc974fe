//! Laying given facts over the facts of a base.

use super::ids::{Ids, name_of};
use super::place::Step;
use serde_json::{Map, Value};

/// Lays `over` on `base`.
///
/// - Objects are merged field by field; `null` takes a field away.
/// - Lists of objects that carry an `id` are merged by it, new ones are added. `[]` empties the list.
/// - An object over such a list has its elements by `id`: `{"vnpt": {"legs": 2}, "quoc-hoi": null}`; `null` takes one away.
/// - A new element may say `"like": id`: what it does not state it has as the element of that `id` has it.
/// - `{"$set": value}` puts the value in place of what is there, whole.
/// - Everything else is replaced.
pub fn merge(base: &mut Value, over: &Value) {
    merge_with(base, over, &[]);
}

/// As [`merge`]; the objects at these paths are replaced whole. Gives the paths at which it cannot be told whether an object
/// has fields or is one of several alternatives: one field of the base and another given one.
pub(super) fn merge_with(base: &mut Value, over: &Value, whole: &[Vec<Step>]) -> Vec<Vec<Step>> {
    let mut merge = Merge { whole, here: Vec::new(), doubtful: Vec::new() };
    merge.lay(base, over);
    merge.doubtful
}

struct Merge<'a> {
    whole: &'a [Vec<Step>],
    here: Vec<Step>,
    doubtful: Vec<Vec<Step>>,
}

impl Merge<'_> {
    fn lay(&mut self, base: &mut Value, over: &Value) {
        match (base, over) {
            (_, Value::Null) => {}
            (base, Value::Object(over)) if over.len() == 1 && over.contains_key(SET) => *base = over[SET].clone(),
            (base, over) if self.whole.contains(&self.here) => *base = over.clone(),
            (Value::Array(base), Value::Object(over)) if by_id(base) => self.by_name(base, over),
            (Value::Object(base), Value::Object(over)) => self.fields(base, over),
            (Value::Array(base), Value::Array(over)) if !over.is_empty() && by_id(over) && by_id(base) => {
                let mut ids = Ids::of(base);
                for one in over {
                    let at = one.get("id").and_then(|id| ids.at(id));
                    self.element(base, at, one, &mut ids);
                }
            }
            (base, Value::Object(over)) => {
                *base = Value::Object(Map::new());
                self.lay(base, &Value::Object(over.clone()));
            }
            (base, over) => *base = over.clone(),
        }
    }

    fn fields(&mut self, base: &mut Map<String, Value>, over: &Map<String, Value>) {
        if base.len() == 1 && over.len() == 1 && base.keys().ne(over.keys()) {
            self.doubtful.push(self.here.clone());
        }
        for (name, value) in over {
            self.here.push(Step::Field(name.clone()));
            match value {
                Value::Null => drop(base.remove(name)),
                _ => self.lay(base.entry(name.clone()).or_insert(Value::Null), value),
            }
            self.here.pop();
        }
    }

    fn by_name(&mut self, base: &mut Vec<Value>, over: &Map<String, Value>) {
        // What is taken away goes first, so that the others stay where they are found.
        let gone =
            |one: &Value| one.get("id").and_then(name_of).is_some_and(|name| over.get(&name) == Some(&Value::Null));
        base.retain(|one| !gone(one));
        let mut ids = Ids::of(base);
        for (name, value) in over.iter().filter(|(_, value)| !value.is_null()) {
            match ids.named(name) {
                None => {
                    let id = name.parse::<u64>().map_or_else(|_| Value::from(name.as_str()), Value::from);
                    let mut one = value.clone();
                    if let Value::Object(one) = &mut one {
                        one.entry("id").or_insert(id);
                    }
                    self.element(base, None, &one, &mut ids);
                }
                at => self.element(base, at, value, &mut ids),
            }
        }
    }

    fn element(&mut self, base: &mut Vec<Value>, at: Option<usize>, over: &Value, ids: &mut Ids) {
        let like = over.get(LIKE).filter(|_| at.is_none());
        let like = like.and_then(|like| ids.at(like)).map(|at| base[at].clone());
        let copied = like.is_some();
        let at = at.unwrap_or_else(|| {
            base.push(like.unwrap_or_default());
            base.len() - 1
        });
        self.here.push(Step::Element(at));
        self.lay(&mut base[at], over);
        self.here.pop();
        if copied && let Value::Object(one) = &mut base[at] {
            one.remove(LIKE);
        }
        ids.add(&base[at], at);
    }
}

/// Whether this is the id of that name; ids are texts or numbers.
pub(super) fn is_named(id: &Value, name: &str) -> bool {
    match id {
        Value::String(id) => id == name,
        Value::Number(id) => id.to_string() == name,
        _ => false,
    }
}

fn by_id(list: &[Value]) -> bool {
    list.iter().all(|one| one.get("id").is_some())
}

/// The field of an object that replaces.
const SET: &str = "$set";

/// The field of a new element that names the one it is like.
const LIKE: &str = "like";

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn given_facts_are_laid_over_the_base() {
        let base = json!({"a": {"x": 1, "y": 2}, "list": [{"id": 1, "n": "one"}, {"id": 2}], "plain": [1, 2]});
        let rows = [
            (json!({"a": {"x": 9}}), json!({"a": {"x": 9, "y": 2}})),
            (json!({"a": {"x": null}}), json!({"a": {"y": 2}})),
            (json!({"a": {"$set": {"z": 1}}}), json!({"a": {"z": 1}})),
            (
                json!({"list": [{"id": 2, "n": "two"}, {"id": 3, "n": null}]}),
                json!({"list": [{"id": 1, "n": "one"}, {"id": 2, "n": "two"}, {"id": 3}]}),
            ),
            (json!({"list": []}), json!({"list": []})),
            (json!({"list": {"$set": [{"id": 7}]}}), json!({"list": [{"id": 7}]})),
            (
                json!({"list": {"1": null, "2": {"n": "two"}, "x": {"n": "three"}}}),
                json!({"list": [{"id": 2, "n": "two"}, {"id": "x", "n": "three"}]}),
            ),
            (
                json!({"list": [{"id": 3, "like": 1}, {"id": 4, "like": 9}]}),
                json!({"list": [{"id": 1, "n": "one"}, {"id": 2}, {"id": 3, "n": "one"}, {"id": 4, "like": 9}]}),
            ),
            (json!({"plain": [3]}), json!({"plain": [3]})),
            (json!({"new": {"deep": {"x": null, "y": 1}}}), json!({"new": {"deep": {"y": 1}}})),
        ];
        for (over, expected) in rows {
            let mut merged = base.clone();
            merge(&mut merged, &over);
            for (name, value) in expected.as_object().unwrap() {
                assert_eq!(&merged[name], value, "{over}");
            }
        }
    }
}
