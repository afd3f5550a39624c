//! What elements of a page are to the reader.

use crate::prose::BlockRole;

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Its text is no text: scripts, forms, drawings.
    Hidden,
    /// It stands within a line.
    Inline,
    /// It begins and ends a block.
    Block,
    /// It has neither content nor end.
    Void,
}

pub(crate) fn sort(name: &str) -> Sort {
    match name {
        "script" | "style" | "template" | "svg" | "math" | "iframe" | "object" | "embed" | "applet"
        | "select" | "option" | "button" | "textarea" | "canvas" | "audio" | "video" | "noframes"
        | "noembed" | "datalist" | "head" | "title" => Sort::Hidden,
        "area" | "base" | "br" | "col" | "hr" | "img" | "input" | "link" | "meta" | "param" | "source"
        | "track" | "wbr" | "frame" | "keygen" => Sort::Void,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn"
        | "em" | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "nobr" | "q" | "rp" | "rt" | "ruby"
        | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time" | "tt" | "u"
        | "var" | "picture" | "output" | "slot" | "noscript" | "center" | "html" | "body" | "td" | "th" => {
            Sort::Inline
        }
        _ => Sort::Block,
    }
}

/// The role of text in an element, where its name gives one.
pub(crate) fn hint(name: &str) -> Option<BlockRole> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockRole::Heading),
        "li" | "dd" => Some(BlockRole::ListItem),
        "dt" => Some(BlockRole::Heading),
        "tr" | "td" | "th" => Some(BlockRole::Row),
        "figcaption" | "caption" => Some(BlockRole::Caption),
        "p" | "blockquote" => Some(BlockRole::Paragraph),
        _ => None,
    }
}

/// Elements and landmarks beside the article.
pub(crate) fn is_aside(name: &str, role: Option<&str>) -> bool {
    matches!(name, "nav" | "aside" | "footer" | "form" | "dialog" | "menu")
        || role.is_some_and(|role| {
            matches!(
                role,
                "navigation"
                    | "complementary"
                    | "contentinfo"
                    | "dialog"
                    | "alertdialog"
                    | "search"
                    | "menu"
                    | "menubar"
                    | "banner"
                    | "toolbar"
            )
        })
}

/// What the words of `class` and `id` say of an element, as pages commonly name their parts.
pub(crate) fn class_hint(class: &str) -> Option<BlockRole> {
    if class.is_empty() {
        return None;
    }
    let class = class.to_ascii_lowercase();
    let mut words =
        class.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.find_map(|word| match word {
        "caption" | "figcaption" => Some(BlockRole::Caption),
        "credit" | "credits" | "copyright" | "photographer" => Some(BlockRole::Credit),
        "byline" | "dateline" | "timestamp" | "kicker" | "author" | "authors" => Some(BlockRole::Tag),
        "standfirst" | "dek" | "subtitle" | "subheadline" | "subhead" | "lede" => Some(BlockRole::Standfirst),
        "related" | "recommended" | "readmore" | "promo" | "teaser" => Some(BlockRole::Teaser),
        "share" | "sharing" | "social" | "newsletter" | "cookie" | "cookies" | "consent" | "breadcrumb"
        | "breadcrumbs" | "comments" | "advert" | "advertisement" | "ad" | "ads" | "sponsored"
        | "sidebar" | "subscribe" | "paywall" | "skip" => Some(BlockRole::Boilerplate),
        _ => None,
    })
}

/// Elements that a start tag of this name ends, where they are open (the end tags that HTML lets writers leave out).
pub(crate) fn ends(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["li", "p"],
        "dt" | "dd" => &["dt", "dd", "p"],
        "tr" => &["td", "th", "tr"],
        "td" | "th" => &["td", "th"],
        "option" => &["option"],
        _ if sort(name) == Sort::Block => &["p"],
        _ => &[],
    }
}

/// Elements at which the search for such an open element stops.
pub(crate) fn is_scope(name: &str) -> bool {
    matches!(
        name,
        "ul" | "ol"
            | "dl"
            | "table"
            | "div"
            | "section"
            | "article"
            | "blockquote"
            | "body"
            | "html"
            | "main"
            | "figure"
    )
}
