using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace BackpropGen.Reporting;

/// <summary>A table; the first column names the rows. Cells are plain text, but where they begin with a picture made here.</summary>
internal static class Table
{
    /// <summary>A table in a place where it can be scrolled.</summary>
    /// <param name="caption">Plain text, for those who do not see the heading above.</param>
    /// <param name="columns">The columns' names; those that begin with <c>&lt;</c> are words, the others figures, set to the right.</param>
    /// <param name="rows">As many cells as columns.</param>
    public static string Write(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        text.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Html.Escape(caption)).Append("\"><table><caption>")
            .Append(Html.Escape(caption)).Append("</caption><thead><tr>");
        foreach (string column in columns)
        {
            text.Append("<th scope=\"col\"").Append(Class(column)).Append('>').Append(Html.Escape(column.TrimStart('<'))).Append("</th>");
        }

        text.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            text.Append("<tr><th scope=\"row\"").Append(Class(columns[0])).Append('>').Append(Cell(row[0])).Append("</th>");
            foreach ((string cell, string column) in row.Zip(columns).Skip(1))
            {
                text.Append("<td").Append(Class(column)).Append('>').Append(Cell(cell)).Append("</td>");
            }

            text.Append("</tr>\n");
        }

        return text.Append("</tbody></table></div>\n").ToString();
    }

    /// <summary>A table that is opened on demand: the numbers behind a chart.</summary>
    public static string Folded(string summary, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        $"<details><summary>{Html.Escape(summary)}</summary>\n{Write(summary, columns, rows)}</details>\n";

    private static string Class(string column) => column.StartsWith('<') ? " class=\"words\"" : "";

    private static string Cell(string cell) => cell.StartsWith("<svg ", System.StringComparison.Ordinal) ? cell : Html.Escape(cell);
}
