using System.Text.Json.Nodes;

namespace Tradepost.Arguments;

/// <summary>Says of an argument what its reader need not know, and puts it into the schema.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class ArgumentNoteAttribute : Attribute
{
    /// <summary>Adds to the schema of the argument.</summary>
    public abstract void Describe(JsonObject schema);
}
