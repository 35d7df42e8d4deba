using FilmService.Domain.Films;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FilmService.Infrastructure.Model;

/// <summary>The columns of a film's fields. They are in the model alone: films are read and written as <see cref="FilmFields"/> says.</summary>
internal static class FieldModel
{
    /// <summary>Adds the columns of films as they are; a choice that is not known is 0, so that it can be compared.</summary>
    public static void HasFields<T>(this EntityTypeBuilder<T> film)
        where T : class
    {
        foreach (var field in FilmFields.All)
        {
            var column = film.HasField(field, field.IsRequired || field.Kind is FilmFieldKind.Choice);
            if (!field.IsRequired && field.Kind is FilmFieldKind.Choice)
            {
                column.HasComment("0 if it is not known.");
            }
        }
    }

    /// <summary>Adds the columns of films that may be deleted: each can be null.</summary>
    public static void HasOptionalFields<T>(this EntityTypeBuilder<T> film)
        where T : class
    {
        foreach (var field in FilmFields.All)
        {
            film.HasField(field, isRequired: false);
        }
    }

    private static PropertyBuilder HasField<T>(this EntityTypeBuilder<T> film, FilmField field, bool isRequired)
        where T : class =>
        film.Property(field.Kind is FilmFieldKind.Text ? typeof(string) : isRequired ? typeof(int) : typeof(int?), field.Name)
            .HasColumnName(field.Argument).IsRequired(isRequired);
}
