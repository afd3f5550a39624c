//! What a tree of the prose that we read must say: facts, not whole trees.

use servanda_language::{Analysis, Model, Relation, Tag, analyse};

fn analysed(text: &str) -> Analysis {
    analyse(Model::builtin(), text, std::slice::from_ref(&(0..text.len())))
}

/// Index of the first token of that form.
fn token(analysis: &Analysis, text: &str, form: &str) -> usize {
    let found = (0..analysis.tokens.len()).find(|at| analysis.word(text, *at) == form);
    found.unwrap_or_else(|| panic!("no {form} in {text}"))
}

/// Asserts that a word hangs from another by a relation.
fn check(text: &str, child: &str, relation: Relation, head: &str) {
    let analysis = analysed(text);
    let at = token(&analysis, text, child);
    let there = &analysis.tokens[at];
    let found = (there.relation, analysis.word(text, there.head));
    assert_eq!(found, (relation, head), "{child} in {text:?}");
}

fn check_tags(text: &str, expected: &str) {
    let analysis = analysed(text);
    let tags: Vec<&str> = analysis.tokens.iter().map(|token| token.tag.as_str()).collect();
    assert_eq!(tags.join(" "), expected, "{text:?}");
}

fn check_lemmas(text: &str, expected: &str) {
    let analysis = analysed(text);
    let lemmas: Vec<&str> = (0..analysis.tokens.len()).map(|at| analysis.lemma(at)).collect();
    assert_eq!(lemmas.join(" "), expected, "{text:?}");
}

#[test]
fn subjects_and_objects_are_found() {
    check("The council rejected the plan on Monday.", "council", Relation::Nsubj, "rejected");
    check("The council rejected the plan on Monday.", "plan", Relation::Obj, "rejected");
    check("The bridge was closed by the guards.", "bridge", Relation::NsubjPass, "closed");
    check("The bridge was closed by the guards.", "guards", Relation::OblAgent, "closed");
}

#[test]
fn the_speaker_behind_said_is_its_subject() {
    check("\"We will stay,\" said the minister.", "minister", Relation::Nsubj, "said");
    check("The minister said that the guards will stay.", "stay", Relation::Ccomp, "said");
    check("\"We will stay,\" she said.", "she", Relation::Nsubj, "said");
}

#[test]
fn negation_and_modals_hang_from_their_verb() {
    check("They will not leave the valley.", "not", Relation::Advmod, "leave");
    check("They will not leave the valley.", "will", Relation::Aux, "leave");
    check("They don't want to leave.", "n't", Relation::Advmod, "want");
}

#[test]
fn typographic_marks_are_read_as_those_of_the_typewriter() {
    check("“They don’t want it,” she said.", "n’t", Relation::Advmod, "want");
    check_lemmas("“They don’t want it,” she said.", "\" they do not want it , \" she say .");
}

#[test]
fn tags_and_lemmas_of_plain_prose() {
    check_tags("The soldiers left two villages quickly.", "DET NOUN VERB NUM NOUN ADV PUNCT");
    check_tags("She has been asked to withdraw.", "PRON AUX AUX VERB PART VERB PUNCT");
    check_lemmas("The soldiers were leaving villages.", "the soldier be leave village .");
}

#[test]
fn other_languages_get_tokens_and_a_flat_tree() {
    for text in [
        "Міністр сказав: «Завершено».",
        "قال الوزير إن الاتفاق انتهى.",
        "Le ministre a dit que les soldats ne sont pas dans la ville.",
        "השר אמר כי ההסכם הסתיים.",
    ] {
        let analysis = analysed(text);
        assert!(analysis.sentences.iter().all(|sentence| !sentence.is_english), "{text}");
        assert!(analysis.tokens.len() > 3);
        assert_eq!(analysis.tokens[0].relation, Relation::Root);
        assert!(analysis.tokens.iter().any(|token| token.tag == Tag::Punct));
    }
    assert!(analysed("A UN envoy met Colonel Orlo in El Sala and Le Tarn.").sentences[0].is_english);
    assert!(analysed("Ceasefire holds").sentences[0].is_english);
}

#[test]
fn an_analysis_is_the_same_everywhere() {
    let text = "Gen. Orlo, who leads the northern guards, said on Tuesday that 1,200 men wouldn't leave “the valley” until 12 May — \
                if the other side keeps its word. \"Nobody knows,\" replied Ms. Tavi.\n\nMore than two dozen trucks were turned back.";
    let analysis = analysed(text);
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |number: u64| hash = (hash ^ number).wrapping_mul(0x0100_0000_01b3);
    for (at, token) in analysis.tokens.iter().enumerate() {
        [token.start, token.end, token.head, token.sentence]
            .into_iter()
            .for_each(|number| add(number as u64));
        [token.tag as u64, token.fine as u64, token.relation as u64].into_iter().for_each(&mut add);
        analysis.lemma(at).bytes().for_each(|byte| add(u64::from(byte)));
    }
    // Changes with the model file and with nothing else. Debug, release and other platforms must agree.
    assert_eq!(format!("{hash:016x}"), "209a7f30b4bb9233");
}

#[test]
fn damaged_model_files_are_refused() {
    let file = include_bytes!("../../data/english-ewt.model");
    assert!(Model::decode(file).is_ok());
    assert!(Model::decode(b"").is_err());
    assert!(Model::decode(&file[..file.len() / 2]).is_err());
    let mut longer = file.to_vec();
    longer.push(0);
    assert!(Model::decode(&longer).is_err());
}
